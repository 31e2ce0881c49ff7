import { strict as assert } from "node:assert";

import type { Manifest } from "../../../../sandbox/cluster/manifests";
import {
  kedaManifests,
  prometheusManifests,
} from "../../../../sandbox/cluster/monitoring/manifests";
import { nodeTopology } from "../../../../sandbox/cluster/topology";

interface Rule {
  apiGroups?: string[];
  resources?: string[];
  verbs: string[];
}

describe("the objects of a cluster's monitoring", () => {
  let manifests: Manifest[];
  before(async () => {
    const tools = { files: () => [] };
    manifests = [
      ...(await prometheusManifests(tools)),
      ...(await kedaManifests(tools, nodeTopology(), "PEM", "real")),
    ];
  });

  const found = (kind: string, name: string): Manifest =>
    manifests.find((one) => one.kind === kind && one.metadata.name === name) ??
    assert.fail(`no ${kind} ${name}`);
  const rulesOf = (name: string): Rule[] => found("ClusterRole", name)["rules"] as Rule[];
  const writes = (name: string): string[] =>
    rulesOf(name)
      .filter(({ verbs }) => verbs.some((verb) => !["get", "list", "watch"].includes(verb)))
      .flatMap(({ resources = [] }) => resources);

  it("are the namespaces that a stack expects of what is there already", () => {
    for (const name of ["keda", "monitoring"]) found("Namespace", name);
  });

  it("lead the API server to KEDA on the node, whose certificate it checks", () => {
    const spec = found("APIService", "v1beta1.external.metrics.k8s.io")["spec"] as {
      caBundle: string;
      insecureSkipTLSVerify?: boolean;
      service: object;
    };
    assert.equal(Buffer.from(spec.caBundle, "base64").toString(), "PEM");
    assert.equal(spec.insecureSkipTLSVerify, undefined);
    const service = { name: "keda-metrics-apiserver", namespace: "keda", port: 4444 };
    assert.deepEqual(spec.service, service);
    const slice = found("EndpointSlice", service.name);
    assert.equal(slice.metadata.namespace, "keda");
    assert.deepEqual(slice["endpoints"], [
      { addresses: ["10.200.0.2"], conditions: { ready: true } },
    ]);
  });

  it("lead it there by name where KEDA listens on loopback, which no endpoint may be", async () => {
    const topology = { ...nodeTopology(), address: "127.0.0.1" };
    const simulated = await kedaManifests({ files: () => [] }, topology, "PEM", "simulated");
    assert.ok(!simulated.some(({ kind }) => kind === "EndpointSlice"));
    const service = simulated.find(({ kind }) => kind === "Service");
    assert.deepEqual(service?.["spec"], { type: "ExternalName", externalName: "localhost" });
  });

  it("let the operator scale and make autoscalers, and read no Secret but those in its own namespace", () => {
    const written = writes("system:keda-operator");
    for (const one of ["horizontalpodautoscalers", "deployments/scale", "scaledobjects/status"]) {
      assert.ok(written.includes(one), one);
    }
    for (const one of ["deployments", "pods", "secrets"]) assert.ok(!written.includes(one), one);
    const resources = rulesOf("system:keda-operator").flatMap((rule) => rule.resources ?? []);
    assert.ok(!resources.includes("secrets") && !resources.includes("*"));
    const own = found("Role", "system:keda-operator");
    assert.equal(own.metadata.namespace, "keda");
    assert.deepEqual(own["rules"], [
      { apiGroups: [""], resources: ["secrets"], verbs: ["list", "watch"] },
    ]);
  });

  it("let Prometheus read metrics and nothing else", () => {
    assert.deepEqual(rulesOf("system:prometheus"), [
      { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
      { nonResourceURLs: ["/metrics"], verbs: ["get"] },
    ]);
  });

  it("let the autoscaler's controller read what KEDA answers, and not the other way round", () => {
    const name = "keda-hpa-controller-external-metrics";
    assert.deepEqual(found("ClusterRoleBinding", name)["subjects"], [
      { kind: "ServiceAccount", name: "horizontal-pod-autoscaler", namespace: "kube-system" },
    ]);
    assert.deepEqual(
      rulesOf(name).flatMap(({ verbs }) => verbs),
      ["get", "list"],
    );
    assert.deepEqual(writes("system:keda-metrics-apiserver"), [
      "tokenreviews",
      "subjectaccessreviews",
    ]);
  });
});
