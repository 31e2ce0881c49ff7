import { strict as assert } from "node:assert";

import type { Edge } from "../../../sandbox/cluster/edge/edge";
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

const PEM = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n";
const EDGE: Edge = {
  address: "10.200.0.2",
  zone: "home.test",
  acme: { directory: "https://10.200.0.2:14000/dir", caBundle: PEM },
  rfc2136: {
    nameserver: "10.200.0.2:1053",
    tsigKeyName: "cert-manager",
    tsigAlgorithm: "HMACSHA256",
    tsigSecret: "c2VjcmV0",
  },
  rootPath: "/state/root.pem",
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

  it("keeps the stack's own issuer where there is an edge, and tells it of the edge", () => {
    const { config: made, changes: told } = overlayHome(own, {
      kubeconfigPath: "/own",
      edge: EDGE,
    });
    assert.deepEqual(made, {
      "k8s-test:platform": "home",
      "k8s-test:app": { host: "httpbin.home.test", autoscaling: { maxReplicas: 3 } },
      "k8s-test:home": {
        kubeconfigPath: "/own",
        clusterIdentifier: "attic",
        acme: { server: EDGE.acme.directory, email: "sandbox@home.test", caBundle: PEM },
        dns: {
          provider: "rfc2136",
          zone: "home.test",
          rfc2136: {
            nameserver: "10.200.0.2:1053",
            tsigKeyName: "cert-manager",
            tsigAlgorithm: "HMACSHA256",
          },
        },
        certManager: { install: false },
        traefik: { namespace: "edge" },
      },
    });
    const report = overlayReport("home", told);
    assert.match(report, /home\.acme\.caBundle +\(a certificate\): the sandbox's own ACME server/);
    assert.doesNotMatch(report, /BEGIN|c2VjcmV0/);
    assert.match(report, /dnsToken +\(left out\): that of the sandbox's own DNS is set/);
  });

  it("has the app scale on requests where KEDA and Prometheus run, and installs neither", () => {
    const installed = {
      "k8s-test:monitoring": { keda: "install", prometheus: "install", storageGiB: 5 },
      "k8s-test:grafanaPassword": { secure: "v1:abc" },
    };
    const prometheusUrl = "http://10.200.0.2:9090";
    const target = { kubeconfigPath: "/own", edge: EDGE, prometheusUrl };
    const { config: made, changes: told } = overlayHome(installed, target);
    assert.deepEqual(made["k8s-test:monitoring"], {
      keda: "existing",
      prometheus: "existing",
      prometheusUrl,
    });
    assert.deepEqual(made["k8s-test:app"], {
      host: "httpbin.home.test",
      autoscaling: { requestsPerSecond: { target: 10 } },
    });
    assert.equal(made["k8s-test:grafanaPassword"], undefined);
    assert.match(overlayReport("home", told), /monitoring\.keda +existing: it runs already/);
  });

  it("leaves nothing of another way to a certificate in the config of an edge", () => {
    const other = {
      "k8s-test:home": {
        clusterIssuer: "mine",
        dns: { provider: "route53", zone: "example.com", route53: { region: "eu-central-1" } },
        certManager: { namespace: "cm", recursiveNameservers: ["1.1.1.1:53"] },
      },
    };
    const { config: made } = overlayHome(other, { kubeconfigPath: "/own", edge: EDGE });
    const home = made["k8s-test:home"] as Record<string, Record<string, unknown>>;
    assert.equal(home["clusterIssuer"], undefined);
    assert.deepEqual(Object.keys(home["dns"] ?? {}).sort(), ["provider", "rfc2136", "zone"]);
    assert.deepEqual(home["certManager"], { install: false });
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
