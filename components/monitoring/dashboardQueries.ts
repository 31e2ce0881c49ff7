import { parseMemory } from "../httpbin/quantity";
import {
  certificate,
  containers,
  desiredReplicas,
  kedaRequests,
  readyReplicas,
  traefikService,
} from "./series";
import type { WatchedApp } from "./watchedApp";

/** A line of a panel. */
export interface Query {
  /** PromQL. */
  expr: string;
  /** Name of the line; `{{pod}}` stands for a label's value. */
  legend: string;
}

export interface Panel {
  title: string;
  /** What is seen, and where it comes from. */
  description: string;
  /** Unit, as Grafana names it. */
  unit: string;
  queries: Query[];
}

export interface Row {
  title: string;
  panels: Panel[];
}

/** All that the dashboard of an app asks Prometheus. What the app does not have is left out. */
export function dashboardRows(app: WatchedApp): Row[] {
  const rows = [
    { title: "At the ingress", panels: ingressPanels(app) },
    { title: "Pods", panels: podPanels(app) },
    { title: "Use and targets", panels: usePanels(app) },
    { title: "What scaling rests on", panels: sourcePanels(app) },
  ];
  return rows.filter(({ panels }) => panels.length > 0);
}

function ingressPanels(app: WatchedApp): Panel[] {
  const requests = `traefik_service_requests_total${traefikService(app)}`;
  const errors = `traefik_service_requests_total${traefikService(app, { "code~": "5.." })}`;
  const buckets = `traefik_service_request_duration_seconds_bucket${traefikService(app)}`;
  const read = {
    expr: `sum(keda_scaler_metrics_value${kedaRequests(app)}) / ${String(app.valuePerRequest)}`,
    legend: "as KEDA reads them",
  };
  const rate: Panel = {
    title: "Requests per second",
    description: "Of all pods together.",
    unit: "reqps",
    queries: [
      ...(app.behindTraefik
        ? [{ expr: `sum by (code) (rate(${requests}[1m]))`, legend: "status {{code}}" }]
        : []),
      ...(app.requestsTarget > 0 ? [read] : []),
    ],
  };
  if (!app.behindTraefik) return rate.queries.length > 0 ? [rate] : [];
  const sum = `sum(rate(${requests}[1m]))`;
  return [
    rate,
    {
      title: "Errors",
      description: "Share of the answers with a status of 500 or above, by Traefik.",
      unit: "percentunit",
      queries: [
        {
          expr: `(sum(rate(${errors}[1m])) or 0 * ${sum}) / (${sum} > 0)`,
          legend: "5xx",
        },
      ],
    },
    {
      title: "Latency",
      description:
        "From the request's arrival at Traefik to the end of the answer. Below 0.1 s an estimate: there Traefik's first bucket ends.",
      unit: "s",
      queries: ["0.5", "0.95", "0.99"].map((quantile) => ({
        expr: `histogram_quantile(${quantile}, sum by (le) (rate(${buckets}[1m])))`,
        legend: `p${String(Number(quantile) * 100)}`,
      })),
    },
  ];
}

function podPanels(app: WatchedApp): Panel[] {
  const { minReplicas, maxReplicas } = app.autoscaling;
  const desired = desiredReplicas(app);
  return [
    {
      title: "Pods",
      description: "What the autoscaler wants, and what is there.",
      unit: "short",
      queries: [
        { expr: desired, legend: "desired" },
        { expr: readyReplicas(app), legend: "ready" },
        { expr: `vector(${String(minReplicas)})`, legend: "minimum" },
        { expr: `vector(${String(maxReplicas)})`, legend: "maximum" },
      ],
    },
    {
      title: "Scaling events",
      description: "Pods more (above zero) or fewer (below) that the autoscaler wants within 30 s.",
      unit: "short",
      queries: [{ expr: `${desired} - ${desiredReplicas(app, " offset 30s")}`, legend: "change" }],
    },
  ];
}

function usePanels(app: WatchedApp): Panel[] {
  const { cpuTarget, memoryTarget } = app.autoscaling;
  const cpu = `rate(container_cpu_usage_seconds_total${containers(app)}[2m])`;
  const memory = `container_memory_working_set_bytes${containers(app)}`;
  const share = `sum by (pod) (${cpu}) / ${String(app.cpuRequest)} * 100`;
  return [
    {
      title: "cpu",
      description: "In percent of the request. The autoscaler goes by the average.",
      unit: "percent",
      queries: [
        { expr: share, legend: "{{pod}}" },
        { expr: `avg(${share})`, legend: "average" },
        { expr: `vector(${String(cpuTarget)})`, legend: "target" },
      ],
    },
    {
      title: "Memory",
      description: "Working set. The autoscaler goes by the average.",
      unit: "bytes",
      queries: [
        { expr: `sum by (pod) (${memory})`, legend: "{{pod}}" },
        { expr: `avg(sum by (pod) (${memory}))`, legend: "average" },
        { expr: `vector(${String(parseMemory(memoryTarget) ?? 0)})`, legend: "target" },
      ],
    },
  ];
}

function sourcePanels(app: WatchedApp): Panel[] {
  const errors = `keda_scaler_detail_errors_total${kedaRequests(app)}`;
  const requests: Panel[] = [
    {
      title: "Requests per second and pod",
      description: "What scaling on requests goes by.",
      unit: "reqps",
      queries: [
        {
          expr: `sum(keda_scaler_metrics_value${kedaRequests(app)}) / ${String(app.valuePerRequest)} / (${readyReplicas(app)})`,
          legend: "average",
        },
        { expr: `vector(${String(app.requestsTarget)})`, legend: "target" },
      ],
    },
    {
      title: "Failed readings",
      description: "How often KEDA could not read the requests, in a minute.",
      unit: "short",
      // 0 from the first good reading on: KEDA makes the series with it.
      queries: [{ expr: `sum(increase(${errors}[1m]))`, legend: "failed" }],
    },
  ];
  const expiry: Panel = {
    title: "Certificate",
    description: "Time until it ends. cert-manager renews it when a third is left.",
    unit: "s",
    queries: [
      {
        // cert-manager says 0 until there is one: no line then, rather than half a century below zero.
        expr: `min(certmanager_certificate_expiration_timestamp_seconds${certificate(app)} > 0) - time()`,
        legend: "left",
      },
    ],
  };
  return [
    ...(app.requestsTarget > 0 ? requests : []),
    ...(app.certificateName === "" ? [] : [expiry]),
  ];
}
