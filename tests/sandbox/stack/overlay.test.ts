import { strict as assert } from "node:assert";

import { overlayHome, overlayReport } from "../../../sandbox/stack/overlay";

const own = {
  "k8s-test:platform": "home",
  "k8s-test:app": { host: "httpbin.example.com", autoscaling: { maxReplicas: 3 } },
  "k8s-test:home": {
    kubeconfigPath: "~/.kube/config",
    context: "k3s",
    clusterIdentifier: "attic",
    acme: { email: "me@example.com" },
    dns: { zone: "example.com" },
    certManager: { install: false },
    traefik: { namespace: "edge" },
  },
  "k8s-test:dnsToken": { secure: "v1:abc" },
  "k8s-test:kubeconfig": { secure: "v1:def" },
};

describe("overlayHome", () => {
  const { config, changes } = overlayHome(own, { kubeconfigPath: "/state/kubeconfig" });

  it("changes the way to the cluster, the host and the issuer, and nothing else", () => {
    assert.deepEqual(config, {
      "k8s-test:platform": "home",
      "k8s-test:app": { host: "httpbin.home.test", autoscaling: { maxReplicas: 3 } },
      "k8s-test:home": {
        kubeconfigPath: "/state/kubeconfig",
        clusterIdentifier: "attic",
        clusterIssuer: "sandbox",
        certificateWaitSeconds: 0,
        traefik: { namespace: "edge" },
      },
    });
  });

  it("tells every key that it sets or leaves out, and no other", () => {
    assert.deepEqual(
      changes.map(({ key, value }) => [key, value]),
      [
        ["app.host", "httpbin.home.test"],
        ["home.kubeconfigPath", "/state/kubeconfig"],
        ["home.context", undefined],
        ["home.acme", undefined],
        ["home.dns", undefined],
        ["home.certManager", undefined],
        ["home.clusterIssuer", "sandbox"],
        ["home.certificateWaitSeconds", 0],
        ["kubeconfig", undefined],
        ["dnsToken", undefined],
      ],
    );
  });

  it("takes a stack file in which next to nothing is set", () => {
    const { config: made } = overlayHome(
      { "k8s-test:platform": "home" },
      { kubeconfigPath: "/own" },
    );
    assert.deepEqual(made, {
      "k8s-test:platform": "home",
      "k8s-test:app": { host: "httpbin.home.test" },
      "k8s-test:home": {
        kubeconfigPath: "/own",
        clusterIssuer: "sandbox",
        certificateWaitSeconds: 0,
      },
    });
  });

  it("leaves the stack's own config as it was", () => {
    assert.equal(own["k8s-test:home"].context, "k3s");
  });
});

describe("overlayReport", () => {
  it("has a line for each change, with its reason", () => {
    const report = overlayReport("home", [
      { key: "app.host", value: "a.test", because: "a name" },
      { key: "home.dns", because: "no certificate" },
    ]);
    assert.deepEqual(report.split("\n"), [
      "In place of what Pulumi.home.yaml says:",
      "  app.host  a.test: a name",
      "  home.dns  (left out): no certificate",
    ]);
  });
});
