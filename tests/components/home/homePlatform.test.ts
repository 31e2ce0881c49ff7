import { strict as assert } from "node:assert";

import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { HomePlatform, type HomePlatformArgs } from "../../../components/home/homePlatform";
import { traefikRequests } from "../../../components/home/traefikRequests";
import type { Platform } from "../../../components/platform";
import { ISSUED, type Cluster } from "../../support/certManager";
import { kubeconfig } from "../../support/kubeconfig";
import {
  answersOf,
  kubernetesStandIn,
  type KubernetesStandIn,
} from "../../support/kubernetesStandIn";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

const PROVIDER = "pulumi:providers:kubernetes";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const ISSUER = "kubernetes:cert-manager.io/v1:ClusterIssuer";

const base = {
  kubeconfig: "~/.kube/config",
  clusterIdentifier: "home",
  traefik: { ingressClass: "traefik", namespace: "kube-system" },
};
const issuer = {
  acme: { server: "production", email: "me@example.com" },
  dns: { provider: "cloudflare", zone: "example.com" },
  dnsToken: "hunter2",
  certManagerNamespace: "cert-manager",
} as const;
const certManager = { namespace: "cert-manager", recursiveNameservers: ["192.0.2.1:53"] };

async function runPlatform(
  args: Partial<HomePlatformArgs>,
): Promise<{ platform: Platform; result: ProgramResult }> {
  let platform: Platform | undefined;
  const result = await runProgram(() => {
    platform = new HomePlatform("home", { ...base, ...args });
    return Promise.resolve({});
  });
  assert.ok(platform);
  return { platform, result };
}

describe("HomePlatform", () => {
  it("has a provider that applies on the server's side and knows the cluster by a name", async () => {
    const { result } = await runPlatform({ clusterIssuer: "letsencrypt" });
    assert.deepEqual(only(result, PROVIDER).inputs, {
      kubeconfig: "~/.kube/config",
      clusterIdentifier: "home",
      // Booleans are handed to a provider as text.
      enableServerSideApply: "true",
    });
  });

  it("takes a context of the kubeconfig", async () => {
    const { result } = await runPlatform({ clusterIssuer: "letsencrypt", context: "k3s" });
    assert.equal(at(only(result, PROVIDER), "context"), "k3s");
  });

  it("installs cert-manager, then makes the issuer, and wants both before an app", async () => {
    const { platform, result } = await runPlatform({ certManager, issuer });
    assert.ok(only(result, ISSUER).dependencies.includes(only(result, RELEASE).urn));
    assert.equal(platform.prerequisites.length, 2);
    const { annotations } = platform.ingressProfile("web", "httpbin");
    assert.equal(annotations["cert-manager.io/cluster-issuer"], "letsencrypt-production");
  });

  it("makes the issuer alone where cert-manager is there already", async () => {
    const { platform, result } = await runPlatform({ issuer });
    assert.deepEqual(
      result.resources.filter(({ type }) => type === RELEASE),
      [],
    );
    assert.equal(only(result, ISSUER).provider, `${only(result, PROVIDER).urn}::home-id`);
    assert.equal(platform.prerequisites.length, 1);
  });

  it("adds nothing to the cluster where the issuer is there already", async () => {
    const { platform, result } = await runPlatform({ clusterIssuer: "mine" });
    assert.deepEqual(
      result.resources.filter(({ type }) => type.startsWith("kubernetes:")),
      [],
    );
    assert.deepEqual(platform.prerequisites, []);
    const { annotations } = platform.ingressProfile("web", "httpbin");
    assert.equal(annotations["cert-manager.io/cluster-issuer"], "mine");
  });

  it("is made after what it depends on, down to its children", async () => {
    const run = await runProgram(() => {
      const first = new kubernetes.core.v1.Namespace("first");
      new HomePlatform("home", { ...base, certManager, issuer }, { dependsOn: first });
      return Promise.resolve({});
    });
    const { urn } = only(run, NAMESPACE, "first");
    const made = [PROVIDER, RELEASE, ISSUER].map((type) => only(run, type));
    for (const { type, dependencies } of [...made, only(run, NAMESPACE, "home-cert-manager")]) {
      assert.ok(dependencies.includes(urn), type);
    }
    assert.ok(only(run, ISSUER).dependencies.includes(only(run, RELEASE).urn));
  });

  it("registers that it is complete", async () => {
    const { result } = await runPlatform({ clusterIssuer: "mine" });
    assert.deepEqual(only(result, "k8s-test:home:HomePlatform").outputs, {});
  });

  it("installs nothing that k3s bundles", async () => {
    const { result } = await runPlatform({ certManager, issuer });
    assert.deepEqual(
      result.resources.map(({ type }) => type).filter((type) => type === RELEASE),
      [RELEASE],
    );
    assert.doesNotMatch(
      JSON.stringify(result.resources.map(({ inputs }) => inputs)),
      /traefik|metrics-server|servicelb|HelmChartConfig/,
    );
  });

  it("serves an app by the Traefik that it is told of", async () => {
    const { platform } = await runPlatform({
      clusterIssuer: "mine",
      traefik: { ingressClass: "edge", namespace: "edge-system" },
    });
    const profile = platform.ingressProfile("web", "httpbin");
    assert.equal(profile.className, "edge");
    assert.match(JSON.stringify(profile.peers), /"edge-system"/);
  });

  it("tells where requests are counted, once it knows a Prometheus", async () => {
    const prometheusUrl = "http://prometheus.monitoring:9090";
    const { platform } = await runPlatform({ clusterIssuer: "mine", prometheusUrl });
    const app = { namespace: "web", address: pulumi.output("192.0.2.10") };
    assert.deepEqual(
      platform.requestsTrigger("httpbin", app),
      traefikRequests(prometheusUrl, "web", "httpbin"),
    );
    const { platform: without } = await runPlatform({ clusterIssuer: "mine" });
    assert.throws(() => without.requestsTrigger("httpbin", app), {
      message:
        "HomePlatform cannot be made of these arguments:\n  prometheusUrl: nothing; the address of a Prometheus, which counts requests",
    });
  });

  it("makes KEDA after cert-manager and the issuer, and wants it before an app", async () => {
    const { platform, result } = await runPlatform({
      certManager,
      issuer,
      monitoring: { kedaNamespace: "keda" },
    });
    assert.equal(platform.prerequisites.length, 3);
    const keda = only(result, RELEASE, "home-monitoring-keda");
    assert.ok(keda.dependencies.includes(only(result, ISSUER).urn));
    assert.equal(keda.provider, `${only(result, PROVIDER).urn}::home-id`);
  });

  it("refuses two issuers, and none", async () => {
    const refusal = (given: string): { message: string } => ({
      message: `HomePlatform "home" cannot be made of these arguments:\n  issuer, clusterIssuer: ${given}; one of them, and only one`,
    });
    await assert.rejects(
      runPlatform({ issuer, clusterIssuer: "mine" }),
      refusal("both are given: letsencrypt-production, mine"),
    );
    await assert.rejects(runPlatform({}), refusal("neither is given"));
  });
});

describe("HomePlatform.publish", () => {
  let api: KubernetesStandIn;
  let cluster: Cluster;

  before(async () => (api = await kubernetesStandIn((call) => answersOf(cluster)(call))));
  after(() => api.close());
  beforeEach(() => {
    cluster = ISSUED;
    api.calls.splice(0);
  });

  /** Publishes an app in namespace `web`, and gives its URL and whether that is a secret. */
  async function publish(
    args: Partial<HomePlatformArgs> = {},
    preview = false,
    address: () => pulumi.Output<string> = () => pulumi.output("192.0.2.10"),
  ): Promise<[unknown, unknown]> {
    const config = pulumi.secret(kubeconfig({ server: api.endpoint, ca: api.ca }));
    const { outputs } = await runProgram(
      () => {
        const platform = new HomePlatform("home", {
          ...base,
          kubeconfig: config,
          clusterIssuer: "letsencrypt-staging",
          ...args,
        });
        const host = "httpbin.example.com";
        const url = platform.publish("httpbin", { host, namespace: "web", address: address() });
        return Promise.resolve({ url, isSecret: pulumi.isSecret(url) });
      },
      { preview },
    );
    return [outputs["url"], outputs["isSecret"]];
  }

  it("is the URL, once the certificate is there; and no secret, though the kubeconfig is", async () => {
    assert.deepEqual(await publish(), ["https://httpbin.example.com", false]);
    const path =
      "/apis/cert-manager.io/v1/namespaces/web/certificates?fieldSelector=metadata.name=";
    assert.equal(api.calls[0]?.url, `${path}httpbin-tls`);
  });

  it("asks nothing in a preview", async () => {
    assert.deepEqual(await publish({}, true), ["https://httpbin.example.com", false]);
    assert.equal(api.calls.length, 0);
  });

  it("asks nothing where nobody is to wait", async () => {
    const url = await publish({ certificateWaitSeconds: 0 });
    assert.deepEqual(url, ["https://httpbin.example.com", false]);
    assert.equal(api.calls.length, 0);
  });

  it("waits for the Ingress first", async () => {
    let calls = -1;
    const made = new Promise<string>((resolve) => setTimeout(resolve, 50, "192.0.2.10")).then(
      (address) => {
        calls = api.calls.length;
        return address;
      },
    );
    await publish({}, false, () => pulumi.output(made));
    assert.equal(calls, 0);
    assert.equal(api.calls.length, 6);
  });

  it("reads with the context of the provider", async () => {
    const other = kubeconfig({
      server: api.endpoint,
      ca: api.ca,
      currentContext: "other",
      unusedEntries: { contexts: [{ name: "other", context: { cluster: "none", user: "none" } }] },
    });
    await publish({ kubeconfig: other, context: "home" });
    assert.equal(api.calls.length, 6);
  });

  it("fails with the reason where there is no certificate in time", async () => {
    cluster = {};
    const failure = async (args: Partial<HomePlatformArgs>): Promise<string> => {
      const error: unknown = await publish({ certificateWaitSeconds: 0.01, ...args }).catch(
        (thrown: unknown) => thrown,
      );
      assert.ok(pulumi.RunError.isInstance(error));
      return error.message;
    };
    const theirs = await failure({});
    assert.match(theirs, /^No certificate for https:\/\/httpbin\.example\.com after 0 s\.\n/);
    assert.match(
      theirs,
      /there is no ClusterIssuer letsencrypt-staging\n.*home\.clusterIssuer NAME/,
    );
    const ours = await failure({ clusterIssuer: undefined, issuer });
    assert.match(ours, /there is no ClusterIssuer letsencrypt-production\n {2}mend: {2}somebody/);

    cluster = { issuer: ISSUED.issuer };
    assert.match(
      await failure({ certManagerNamespace: "tls" }),
      /kubectl --namespace tls get pods/,
    );
  });
});
