import type { Manifest } from "../manifests";
import type { Topology } from "../topology";
import { serverAt } from "../edge/places";
import { monitoringAt } from "./places";

/** What a stack tells Prometheus, in the kinds of the Prometheus Operator. */
export interface Told {
  podMonitors: readonly PodMonitor[];
  rules: readonly PrometheusRule[];
}

interface Relabeling {
  sourceLabels?: string[];
  regex?: string;
  targetLabel?: string;
  replacement?: string;
  action?: string;
}

/** The part of a PodMonitor that is understood here. */
export interface PodMonitor extends Pick<Manifest, "metadata"> {
  spec: {
    selector: { matchLabels?: Record<string, string> };
    podMetricsEndpoints: {
      path?: string;
      interval?: string;
      scrapeTimeout?: string;
      honorLabels?: boolean;
      relabelings?: Relabeling[];
    }[];
  };
}

export interface PrometheusRule extends Pick<Manifest, "metadata"> {
  spec: { groups?: object[] };
}

/** A process of the node in the place of a pod: the labels that such a pod has, and its metrics. */
interface InPlaceOfPod {
  labels: Readonly<Record<string, string>>;
  target: string;
}

function inPlaceOfPods(topology: Topology): InPlaceOfPod[] {
  return [
    {
      labels: { "app.kubernetes.io/name": "traefik" },
      target: serverAt(topology, "traefikMetrics"),
    },
    {
      labels: {
        "app.kubernetes.io/name": "cert-manager",
        "app.kubernetes.io/component": "controller",
      },
      target: serverAt(topology, "certManager"),
    },
    { labels: { app: "keda-operator" }, target: monitoringAt(topology, "kedaMetrics") },
  ];
}

/**
 * What the Prometheus Operator would make of PodMonitors, as parts of Prometheus' `scrape_configs`:
 * with the processes of the node in place of pods, each by the labels that are asked for.
 */
export function scrapeConfigs(podMonitors: readonly PodMonitor[], topology: Topology): object[] {
  return podMonitors.flatMap(({ metadata, spec }) => {
    const wanted = Object.entries(spec.selector.matchLabels ?? {});
    const targets = inPlaceOfPods(topology)
      .filter(({ labels }) => wanted.every(([name, value]) => labels[name] === value))
      .map(({ target }) => target);
    return spec.podMetricsEndpoints.map((endpoint, index) => ({
      job_name: `podMonitor/${metadata.namespace ?? ""}/${metadata.name}/${String(index)}`,
      metrics_path: endpoint.path ?? "/metrics",
      honor_labels: endpoint.honorLabels ?? false,
      ...(endpoint.interval !== undefined && { scrape_interval: endpoint.interval }),
      ...(endpoint.scrapeTimeout !== undefined && { scrape_timeout: endpoint.scrapeTimeout }),
      static_configs: [{ targets }],
      relabel_configs: (endpoint.relabelings ?? []).map(relabelConfig),
    }));
  });
}

function relabelConfig(relabeling: Relabeling): object {
  const { sourceLabels, targetLabel, ...same } = relabeling;
  return {
    ...same,
    ...(sourceLabels && { source_labels: sourceLabels }),
    ...(targetLabel !== undefined && { target_label: targetLabel }),
  };
}

/** The file of Prometheus' rules that PrometheusRules come to. */
export function ruleFile(rules: readonly PrometheusRule[]): { groups: object[] } {
  return { groups: rules.flatMap(({ spec }) => spec.groups ?? []) };
}
