import { strict as assert } from "node:assert";

import { dnsManifests, policyManifests, simulatedNode } from "../../../sandbox/cluster/manifests";
import { metricsManifests } from "../../../sandbox/cluster/metricsManifests";
import { nodeTopology } from "../../../sandbox/cluster/topology";

describe("the objects of the cluster itself", () => {
  const topology = nodeTopology();

  it("lead the service of DNS to the node's address", () => {
    const objects = dnsManifests(topology);
    const service = objects.find(({ kind }) => kind === "Service");
    const slice = objects.find(({ kind }) => kind === "EndpointSlice");
    assert.equal((service?.["spec"] as { clusterIP: string }).clusterIP, "10.43.0.10");
    assert.equal(slice?.metadata.labels?.["kubernetes.io/service-name"], "kube-dns");
    assert.deepEqual(slice["endpoints"], [
      { addresses: ["10.200.0.2"], conditions: { ready: true } },
    ]);
  });

  it("let CoreDNS read and nothing else", () => {
    const role = dnsManifests(topology).find(({ kind }) => kind === "ClusterRole");
    const verbs = (role?.["rules"] as { verbs: string[] }[]).flatMap((rule) => rule.verbs);
    assert.deepEqual([...new Set(verbs)], ["list", "watch"]);
  });

  it("let kube-router read policies and whom they are about, and change nothing", () => {
    const role = policyManifests().find(({ kind }) => kind === "ClusterRole");
    const rules = role?.["rules"] as { resources: string[]; verbs: string[] }[];
    const verbs = rules.flatMap((rule) => rule.verbs);
    assert.deepEqual([...new Set(verbs)], ["get", "list", "watch"]);
    const resources = rules.flatMap((rule) => rule.resources);
    for (const one of ["pods", "namespaces", "networkpolicies"]) assert.ok(resources.includes(one));
    assert.ok(!resources.includes("secrets"));
  });

  it("have the API server check the certificate of metrics-server", () => {
    const objects = metricsManifests(topology, "PEM", "real");
    const api = objects.find(({ kind }) => kind === "APIService")?.["spec"] as Record<
      string,
      unknown
    >;
    assert.equal(Buffer.from(String(api["caBundle"]), "base64").toString(), "PEM");
    assert.equal(api["insecureSkipTLSVerify"], undefined);
    assert.equal((api["service"] as { port: number }).port, 4443);
  });

  it("reach metrics-server by name where it listens on loopback, which no endpoint may be", () => {
    const objects = metricsManifests(topology, "PEM", "simulated");
    assert.ok(!objects.some(({ kind }) => kind === "EndpointSlice"));
    const service = objects.find(({ kind }) => kind === "Service")?.["spec"];
    assert.deepEqual(service, { type: "ExternalName", externalName: "localhost" });
  });

  it("label a simulated node with its architecture, and say where its usage is told", () => {
    const { metadata } = simulatedNode("sandbox-arm64", "arm64");
    assert.equal(metadata.labels?.["kubernetes.io/arch"], "arm64");
    assert.equal(
      metadata.annotations?.["metrics.k8s.io/resource-metrics-path"],
      "/metrics/nodes/sandbox-arm64/metrics/resource",
    );
    assert.equal(metadata.annotations["kwok.x-k8s.io/node"], "fake");
  });
});
