import { stringify } from "yaml";

import { flags, type Component, type ConfigFile, type Setting } from "../component";
import { ca, pair } from "../layout";
import { monitoringAt, monitoringPlaces } from "./places";
import { ruleFile, scrapeConfigs, type Told } from "./told";

/** Prometheus, with what the chart of a home has it scrape of the cluster itself. */
export function prometheus(setting: Setting): Component {
  const { layout, topology } = setting;
  const { series, prometheusConfig } = monitoringPlaces(layout);
  const server = monitoringAt(topology, "prometheus");
  return {
    name: "prometheus",
    tool: "prometheus",
    files: prometheusFiles(setting, { podMonitors: [], rules: [] }),
    args: [
      "--web.enable-lifecycle",
      ...flags({
        "config.file": prometheusConfig,
        "storage.tsdb.path": series,
        "storage.tsdb.retention.time": "1d",
        "web.listen-address": server,
      }),
    ],
    ready: { url: `http://${server}/-/ready` },
  };
}

/** The files that Prometheus reads: its config, and the rules that a stack tells it. */
export function prometheusFiles(setting: Setting, told: Told): ConfigFile[] {
  const { prometheusConfig, prometheusRules } = monitoringPlaces(setting.layout);
  return [
    { path: prometheusConfig, text: stringify(prometheusConfiguration(setting, told)) },
    { path: prometheusRules, text: stringify(ruleFile(told.rules)) },
  ];
}

/** Each process of the node has one address, so that targets are simply listed. */
function prometheusConfiguration({ layout, topology }: Setting, { podMonitors }: Told): object {
  const { address, ports } = topology;
  const { cert, key } = pair(layout, "prometheus");
  const ofCluster = (job: string, port: number, path: string): object => ({
    job_name: `${job}${path}`,
    scheme: "https",
    metrics_path: path,
    // What is told of an object bears its namespace, not that of who tells.
    honor_labels: true,
    tls_config: { ca_file: ca(layout), cert_file: cert, key_file: key },
    static_configs: [{ targets: [`${address}:${String(port)}`] }],
    relabel_configs: [{ target_label: "job", replacement: job }],
  });
  return {
    global: { scrape_interval: "15s", evaluation_interval: "15s" },
    rule_files: [monitoringPlaces(layout).prometheusRules],
    scrape_configs: [
      ...scrapeConfigs(podMonitors, topology),
      ofCluster("kubelet", ports.kubelet, "/metrics/cadvisor"),
      ofCluster("kubelet", ports.kubelet, "/metrics/probes"),
      ofCluster("kube-controller-manager", ports.controllerManager, "/metrics"),
    ],
  };
}
