import { strict as assert } from "node:assert";

import { parse } from "yaml";

import { podMonitorSpec, scrapes } from "../../../../components/monitoring/scrapes";
import { layoutOf } from "../../../../sandbox/cluster/layout";
import { prometheusFiles } from "../../../../sandbox/cluster/monitoring/prometheus";
import {
  ruleFile,
  scrapeConfigs,
  type PodMonitor,
} from "../../../../sandbox/cluster/monitoring/told";
import { nodeTopology } from "../../../../sandbox/cluster/topology";

const topology = nodeTopology();
/** What the stack `home` makes. */
const monitors = scrapes({
  traefik: "kube-system",
  keda: "keda",
  certManager: "cert-manager",
}).map((scrape) => ({
  metadata: { name: scrape.job, namespace: "monitoring" },
  spec: podMonitorSpec(scrape) as unknown as PodMonitor["spec"],
}));

interface ScrapeConfig {
  job_name: string;
  static_configs: { targets: string[] }[];
}

describe("what a stack tells the sandbox's Prometheus", () => {
  it("becomes scrapes of the processes that are in the place of pods, each by its labels", () => {
    const targets = (scrapeConfigs(monitors, topology) as ScrapeConfig[]).map((config) => [
      config.job_name,
      config.static_configs.flatMap((one) => one.targets),
    ]);
    assert.deepEqual(targets, [
      ["podMonitor/monitoring/k8s-test-traefik/0", ["10.200.0.2:9100"]],
      ["podMonitor/monitoring/k8s-test-keda/0", ["10.200.0.2:8082"]],
      ["podMonitor/monitoring/k8s-test-cert-manager/0", ["10.200.0.2:9402"]],
    ]);
  });

  it("keeps the job, the interval and whose labels count", () => {
    const [traefik] = scrapeConfigs(monitors, topology);
    assert.deepEqual(traefik, {
      job_name: "podMonitor/monitoring/k8s-test-traefik/0",
      metrics_path: "/metrics",
      honor_labels: true,
      scrape_interval: "5s",
      scrape_timeout: "4s",
      static_configs: [{ targets: ["10.200.0.2:9100"] }],
      relabel_configs: [{ target_label: "job", replacement: "k8s-test-traefik" }],
    });
  });

  it("finds nothing for pods that no process is in the place of", () => {
    const [other] = scrapeConfigs(
      [
        {
          metadata: { name: "other", namespace: "monitoring" },
          spec: { selector: { matchLabels: { app: "other" } }, podMetricsEndpoints: [{}] },
        },
      ],
      topology,
    ) as ScrapeConfig[];
    assert.deepEqual(other?.static_configs, [{ targets: [] }]);
  });

  it("has the groups of all its rules", () => {
    const rule = (name: string) => ({ metadata: { name }, spec: { groups: [{ name }] } });
    const empty = { metadata: { name: "empty" }, spec: {} };
    assert.deepEqual(ruleFile([rule("a"), empty, rule("b")]), {
      groups: [{ name: "a" }, { name: "b" }],
    });
  });

  it("comes on top of what the chart of a home scrapes of the cluster, rules in a file of their own", () => {
    const layout = layoutOf("/state/x", "/logs/x");
    const [config, rules] = prometheusFiles(
      { layout, topology },
      { podMonitors: monitors, rules: [] },
    ).map(({ text }) => parse(text) as Record<string, unknown>);
    const jobs = (config?.["scrape_configs"] as ScrapeConfig[]).map(({ job_name: job }) => job);
    assert.deepEqual(jobs.slice(monitors.length), [
      "kubelet/metrics/cadvisor",
      "kubelet/metrics/probes",
      "kube-controller-manager/metrics",
    ]);
    assert.deepEqual(config?.["rule_files"], ["/state/x/config/prometheus-rules.yaml"]);
    assert.deepEqual(rules, { groups: [] });
  });
});
