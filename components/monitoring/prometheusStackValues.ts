import { tlsSecretName } from "../httpbin/names";
import type { GrafanaArgs, PrometheusStackArgs } from "./prometheusStack";

/** Name of the release, and with it of what the chart makes. */
export const STACK_RELEASE = "kube-prometheus-stack";

/** Secret with the password of Grafana's user `admin`. */
export const GRAFANA_SECRET = "grafana-admin";

/** Label by which Grafana's sidecar knows a ConfigMap with a dashboard. */
export const DASHBOARD_LABEL = { grafana_dashboard: "1" };

/** Share of a volume that series may fill, with room for what is being written. */
const FILLED = 0.8;

/** Series that are kept without a volume, in GiB: they are on the node's own disk. */
const WITHOUT_VOLUME_GIB = 2;

/** What is kept of a kubelet's `/metrics`: its own, and on k3s what the autoscaler's controller wants. */
const KUBELET_SERIES = "kubelet_.+|horizontal_pod_autoscaler_controller_.+";

/**
 * Values of the chart kube-prometheus-stack: Prometheus, its operator and kube-state-metrics. Everything
 * else that it could bring is off, so that it fits on a small node, and all pods satisfy Pod Security
 * `restricted` (node-exporter would not).
 */
export function prometheusStackValues(args: PrometheusStackArgs): Record<string, unknown> {
  const { storageGiB, grafana } = args;
  const off = { enabled: false };
  return {
    // The kinds stay when the release goes, as Helm has it for those of a chart.
    crds: { enabled: true },
    // Rules for control planes that neither k3s nor EKS shows.
    defaultRules: { create: false },
    alertmanager: off,
    nodeExporter: off,
    kubeControllerManager: off,
    kubeScheduler: off,
    kubeProxy: off,
    kubeEtcd: off,
    coreDns: off,
    // On k3s all parts are one process, which shows some ten thousands of series of the API server
    // under every part's address: they would not fit into the memory below.
    kubeApiServer: off,
    kubelet: {
      namespace: args.namespace,
      serviceMonitor: { metricRelabelings: [keepOnly(KUBELET_SERIES)] },
    },
    // By these two a hook would ask for a pod of its own at each update.
    prometheusOperator: {
      admissionWebhooks: off,
      tls: off,
      // The operator makes this Service by itself and never deletes it: so it goes with the namespace.
      kubeletService: { namespace: args.namespace },
      resources: sized("20m", "64Mi", "200m", "128Mi"),
    },
    "kube-state-metrics": { resources: sized("10m", "32Mi", "100m", "96Mi") },
    prometheus: {
      prometheusSpec: {
        scrapeInterval: "15s",
        evaluationInterval: "15s",
        retention: `${String(args.retentionDays)}d`,
        // In bytes, or the disk would be full before the days are over.
        retentionSize: `${String(Math.floor((storageGiB ?? WITHOUT_VOLUME_GIB) * FILLED * 1024))}MiB`,
        // Whatever label they have: ours are not the chart's.
        podMonitorSelectorNilUsesHelmValues: false,
        serviceMonitorSelectorNilUsesHelmValues: false,
        ruleSelectorNilUsesHelmValues: false,
        resources: sized("100m", "384Mi", "1", "768Mi"),
        ...(storageGiB !== undefined && { storageSpec: volume(storageGiB, args.storageClass) }),
      },
    },
    grafana: grafana === undefined ? off : grafanaValues(grafana, args.namespace),
  };
}

function grafanaValues(
  { host, ingress }: GrafanaArgs,
  namespace: PrometheusStackArgs["namespace"],
): Record<string, unknown> {
  return {
    enabled: true,
    admin: {
      existingSecret: GRAFANA_SECRET,
      userKey: "admin-user",
      passwordKey: "admin-password",
    },
    // Twenty dashboards of nodes and control planes that nobody here looks at.
    defaultDashboardsEnabled: false,
    // Its sidecars look for ConfigMaps and Secrets: here only, or Grafana could read every Secret of
    // the cluster.
    rbac: { namespaced: true },
    sidecar: {
      dashboards: {
        enabled: true,
        label: "grafana_dashboard",
        labelValue: "1",
        searchNamespace: namespace,
      },
      // It would be shown as a data source, though it is not there.
      datasources: { alertmanager: { enabled: false } },
    },
    // It tells nobody outside that it is there.
    "grafana.ini": { analytics: { reporting_enabled: false, check_for_updates: false } },
    resources: sized("50m", "128Mi", "500m", "256Mi"),
    ...(host !== undefined &&
      ingress !== undefined && {
        ingress: {
          enabled: true,
          ingressClassName: ingress.className,
          annotations: ingress.annotations,
          hosts: [host],
          ...(ingress.usesTlsSecret && {
            tls: [{ secretName: tlsSecretName("grafana"), hosts: [host] }],
          }),
        },
      }),
  };
}

/** A relabeling that leaves nothing but the series of these names. */
function keepOnly(names: string): object {
  return { sourceLabels: ["__name__"], regex: names, action: "keep" };
}

function volume(gibibytes: number, storageClassName: string | undefined): object {
  return {
    volumeClaimTemplate: {
      spec: {
        accessModes: ["ReadWriteOnce"],
        ...(storageClassName !== undefined && { storageClassName }),
        resources: { requests: { storage: `${String(gibibytes)}Gi` } },
      },
    },
  };
}

function sized(cpu: string, memory: string, mostCpu: string, mostMemory: string): object {
  return { requests: { cpu, memory }, limits: { cpu: mostCpu, memory: mostMemory } };
}
