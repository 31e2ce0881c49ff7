import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";
import { RESTRICTED_NAMESPACE_LABELS } from "../httpbin/podSecurity";
import { alertRules } from "./alertRules";
import { Keda } from "./keda";
import { PrometheusStack, type PrometheusStackArgs } from "./prometheusStack";
import { DASHBOARD_LABEL, STACK_RELEASE } from "./prometheusStackValues";
import { podMonitorSpec, scrapes, type ScrapedNamespaces } from "./scrapes";
import type { WatchedApp } from "./watchedApp";

const OPERATOR = "monitoring.coreos.com/v1";

export interface MonitoringArgs {
  /** Namespace to install KEDA into. @default none: it is there, or nobody needs it */
  kedaNamespace?: string;
  /** Prometheus, and what it is told. @default none */
  prometheus?: PrometheusArgs;
}

export interface PrometheusArgs {
  /** Namespace of what Prometheus is told; made where it is installed, and there where it is. */
  namespace: string;
  /** The chart to install. @default a Prometheus of the Prometheus Operator is there */
  install?: Omit<PrometheusStackArgs, "namespace">;
  /** Helm release of the Prometheus that is there, whose label its selectors may ask for. */
  release?: string;
  /** Namespaces of what is scraped. */
  scraped: ScrapedNamespaces;
  /** App that there is a dashboard of, and alerts for. */
  watched: WatchedApp;
}

/** KEDA, and Prometheus with scrapes, alerts and a dashboard: each of them only as far as asked for. */
export class Monitoring extends pulumi.ComponentResource {
  /** What must be there before an app scales on requests per second. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: MonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:monitoring:Monitoring", name, {}, opts);
    const child = childOptions(this, opts);
    const { kedaNamespace, prometheus } = args;

    const keda =
      kedaNamespace === undefined
        ? []
        : [new Keda(`${name}-keda`, { namespace: kedaNamespace }, child)];
    const told = prometheus === undefined ? [] : tellPrometheus(name, prometheus, child);
    this.ready = [...keda, ...told];
    this.registerOutputs({});
  }
}

/** Prometheus, where it is to be installed, and what it is told in either case. */
function tellPrometheus(
  name: string,
  { namespace, install, release = STACK_RELEASE, scraped, watched }: PrometheusArgs,
  child: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const servesGrafana = install?.grafana?.host !== undefined;
  const callers = [scraped.keda, ...(servesGrafana ? [scraped.traefik] : [])].filter(
    (caller) => caller !== undefined,
  );
  const installed = install && installPrometheus(name, { namespace, callers, install }, child);
  const own = pulumi.mergeOptions(child, installed && { dependsOn: installed });
  const labels = { "app.kubernetes.io/managed-by": "pulumi", release };

  const monitors = scrapes(scraped).map(
    (scrape) =>
      new kubernetes.apiextensions.CustomResource(
        `${name}-${scrape.job}`,
        {
          apiVersion: OPERATOR,
          kind: "PodMonitor",
          metadata: { name: scrape.job, namespace, labels },
          spec: podMonitorSpec(scrape),
        },
        own,
      ),
  );
  const id = `${watched.namespace}-${watched.name}`;
  const rules = new kubernetes.apiextensions.CustomResource(
    `${name}-rules`,
    {
      apiVersion: OPERATOR,
      kind: "PrometheusRule",
      metadata: { name: id, namespace, labels },
      spec: { groups: [{ name: id, rules: alertRules(watched) }] },
    },
    own,
  );
  const dashboard = new kubernetes.core.v1.ConfigMap(
    `${name}-dashboard`,
    {
      metadata: { name: `${id}-dashboard`, namespace, labels: { ...labels, ...DASHBOARD_LABEL } },
      data: { [`${id}.json`]: loadDashboard().dashboardJson(watched) },
    },
    own,
  );
  return [...(installed ? [installed] : []), ...monitors, rules, dashboard];
}

interface InstallArgs {
  namespace: string;
  /** Namespaces from which Prometheus and Grafana are asked. */
  callers: string[];
  install: Omit<PrometheusStackArgs, "namespace">;
}

function installPrometheus(
  name: string,
  { namespace, callers, install }: InstallArgs,
  child: pulumi.CustomResourceOptions,
): PrometheusStack {
  const made = new kubernetes.core.v1.Namespace(
    name,
    { metadata: { name: namespace, labels: { ...RESTRICTED_NAMESPACE_LABELS } } },
    child,
  );
  // Prometheus asks nobody who he is.
  const policy = new kubernetes.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { name: "callers", namespace: made.metadata.name },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: {} }, ...callers.map(peerOf)] }],
      },
    },
    child,
  );
  return new PrometheusStack(
    `${name}-prometheus`,
    { ...install, namespace: made.metadata.name },
    pulumi.mergeOptions(child, { dependsOn: policy }),
  );
}

function peerOf(namespace: string): kubernetes.types.input.networking.v1.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } };
}

/** Only now, so that a stack without a dashboard never loads Grafana's SDK. */
function loadDashboard(): DashboardModule {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("./dashboard") as DashboardModule;
}

type DashboardModule = typeof import("./dashboard");
