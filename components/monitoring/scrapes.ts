import { JOBS } from "./series";

/** Pods that Prometheus is to read. */
export interface Scrape {
  /** Name of the PodMonitor, and job of the series. */
  job: string;
  namespace: string;
  podLabels: Record<string, string>;
  /** Port of the container that `/metrics` is on. */
  port: number;
  /** Time between two readings. */
  interval: string;
}

/** Namespaces of what is scraped; without one, the thing is not there. */
export interface ScrapedNamespaces {
  traefik?: string;
  keda?: string;
  certManager?: string;
}

/** What Prometheus reads beside what its own chart has it read (kubelet, kube-state-metrics). */
export function scrapes({ traefik, keda, certManager }: ScrapedNamespaces): Scrape[] {
  return [
    ...(traefik === undefined
      ? []
      : [
          {
            job: JOBS.traefik,
            namespace: traefik,
            podLabels: { "app.kubernetes.io/name": "traefik" },
            // Entry point `metrics` of Traefik's chart, which k3s leaves as it is.
            port: 9100,
            // Scaling waits for it.
            interval: "5s",
          },
        ]),
    ...(keda === undefined
      ? []
      : [
          {
            job: JOBS.keda,
            namespace: keda,
            podLabels: { app: "keda-operator" },
            port: 8080,
            interval: "15s",
          },
        ]),
    ...(certManager === undefined
      ? []
      : [
          {
            job: JOBS.certManager,
            namespace: certManager,
            podLabels: {
              "app.kubernetes.io/name": "cert-manager",
              "app.kubernetes.io/component": "controller",
            },
            port: 9402,
            interval: "60s",
          },
        ]),
  ];
}

/** Spec of the Prometheus Operator's PodMonitor (`monitoring.coreos.com/v1`). */
export function podMonitorSpec(scrape: Scrape): Record<string, unknown> {
  return {
    namespaceSelector: { matchNames: [scrape.namespace] },
    selector: { matchLabels: scrape.podLabels },
    podMetricsEndpoints: [
      {
        portNumber: scrape.port,
        path: "/metrics",
        interval: scrape.interval,
        scrapeTimeout: scrape.interval === "5s" ? "4s" : "10s",
        // What is told of an object bears its namespace, not that of who tells.
        honorLabels: true,
        relabelings: [{ targetLabel: "job", replacement: scrape.job }],
      },
    ],
  };
}
