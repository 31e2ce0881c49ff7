import { strict as assert } from "node:assert";

import { alertRules } from "../../../components/monitoring/alertRules";
import { dashboardJson } from "../../../components/monitoring/dashboard";
import { Monitoring, type MonitoringArgs } from "../../../components/monitoring/monitoring";
import { at, only, runProgram, type ProgramResult } from "../../support/program";
import { WATCHED } from "../../support/watchedApp";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const MONITOR = "kubernetes:monitoring.coreos.com/v1:PodMonitor";
const RULES = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

const prometheus = {
  namespace: "monitoring",
  scraped: { traefik: "kube-system", keda: "keda" },
  watched: WATCHED,
};

function run(args: MonitoringArgs): Promise<ProgramResult> {
  return runProgram(() => {
    const { ready } = new Monitoring("m", args);
    return Promise.resolve({ ready: ready.length });
  });
}

const named = ({ resources }: ProgramResult, type: string): unknown[] =>
  resources.filter((resource) => resource.type === type).map(({ name }) => name);

describe("Monitoring", () => {
  it("makes KEDA alone where only that is asked for", async () => {
    const result = await run({ kedaNamespace: "keda" });
    assert.deepEqual(named(result, RELEASE), ["m-keda"]);
    assert.deepEqual(named(result, MONITOR), []);
    assert.equal(result.outputs["ready"], 1);
  });

  it("tells a Prometheus that is there, and installs nothing", async () => {
    const result = await run({ prometheus: { ...prometheus, release: "rancher-monitoring" } });
    assert.deepEqual(named(result, RELEASE), []);
    assert.deepEqual(named(result, NAMESPACE), []);
    assert.deepEqual(named(result, MONITOR).sort(), ["m-k8s-test-keda", "m-k8s-test-traefik"]);
    for (const type of [RULES, CONFIG_MAP]) {
      assert.equal(at(only(result, type), "metadata.labels.release"), "rancher-monitoring", type);
      assert.equal(at(only(result, type), "metadata.namespace"), "monitoring", type);
    }
  });

  it("installs Prometheus into a restricted namespace, and tells it once its kinds are there", async () => {
    const result = await run({ prometheus: { ...prometheus, install: { retentionDays: 7 } } });
    const release = only(result, RELEASE);
    const namespace = only(result, NAMESPACE);
    const labels = at(namespace, "metadata.labels") as Record<string, string>;
    assert.equal(labels["pod-security.kubernetes.io/enforce"], "restricted");
    assert.ok(release.dependencies.includes(namespace.urn));
    for (const made of result.resources.filter(({ type }) => type.includes("monitoring.coreos"))) {
      assert.ok(made.dependencies.includes(release.urn), made.name);
    }
  });

  it("lets nobody ask Prometheus but KEDA, and Grafana but who serves it", async () => {
    const callers = async (install: object): Promise<unknown> => {
      const args = { ...prometheus, install: { retentionDays: 7, ...install } };
      const policy = only(await run({ prometheus: args }), NETWORK_POLICY);
      assert.deepEqual(at(policy, "spec.podSelector"), {});
      return at(policy, "spec.ingress.0.from");
    };
    const own = { podSelector: {} };
    const from = (name: string): object => ({
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
    });
    assert.deepEqual(await callers({}), [own, from("keda")]);
    const grafana = { password: "hunter2", host: "grafana.example.com" };
    assert.deepEqual(await callers({ grafana }), [own, from("keda"), from("kube-system")]);
  });

  it("tells all alerts, and the dashboard where Grafana's sidecar looks for it", async () => {
    const result = await run({ prometheus });
    assert.deepEqual(at(only(result, RULES), "spec"), {
      groups: [{ name: "web-httpbin", rules: alertRules(WATCHED) }],
    });
    const dashboard = only(result, CONFIG_MAP);
    assert.equal(at(dashboard, "metadata.labels.grafana_dashboard"), "1");
    assert.deepEqual(at(dashboard, "data"), { "web-httpbin.json": dashboardJson(WATCHED) });
  });

  it("registers that it is complete", async () => {
    const result = await run({ kedaNamespace: "keda" });
    assert.deepEqual(only(result, "k8s-test:monitoring:Monitoring").outputs, {});
  });
});
