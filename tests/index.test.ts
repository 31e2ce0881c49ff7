import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import * as pulumi from "@pulumi/pulumi";

import program from "../index";
import { ISSUED, type Cluster } from "./support/certManager";
import { fixtures } from "./support/fixtures";
import { apiStandIn, type ApiStandIn } from "./support/apiStandIn";
import { liveMocks } from "./support/live";
import { readStackFile } from "./support/stackFile";
import { kubeconfig } from "./support/kubeconfig";
import { answersOf, kubernetesStandIn, type KubernetesStandIn } from "./support/kubernetesStandIn";
import { at, isSecret, only, runProgram, unwrap, type ProgramResult } from "./support/program";

const ROOT = join(__dirname, "..");
const KUBERNETES = "pulumi:providers:kubernetes";

/** The program on the repo's own stack file, with the values that are a user's to set. */
async function runStack(
  stack: "home" | "live",
  values: Record<string, unknown>,
  secrets: Record<string, string> = {},
  mocks: Partial<ReturnType<typeof liveMocks>> = {},
): Promise<ProgramResult> {
  const file = await readStackFile(join(ROOT, `Pulumi.${stack}.yaml`));
  const app = file.config["k8s-test:app"] as object;
  return runProgram(program, {
    stack,
    config: {
      ...file.config,
      "k8s-test:app": { ...app, host: "httpbin.example.com" },
      ...values,
      ...secrets,
    },
    secrets: Object.keys(secrets),
    ...mocks,
  });
}

const HOME = {
  "k8s-test:home": { acme: { email: "you@your-domain.org" }, dns: { zone: "example.com" } },
};

describe("the home stack", () => {
  let api: KubernetesStandIn;
  let result: ProgramResult;
  let cluster: Cluster = ISSUED;

  const secrets = (): Record<string, string> => ({
    "k8s-test:dnsToken": "hunter2",
    "k8s-test:kubeconfig": kubeconfig({ server: api.endpoint, ca: api.ca }),
  });
  before(async () => {
    api = await kubernetesStandIn((call) => answersOf(cluster)(call));
    result = await runStack("home", HOME, secrets());
  });
  after(() => api.close());

  it("is made of these resources and no others", () => {
    assert.deepEqual(
      result.resources.map(({ type, name }) => `${type} ${name}`).sort(),
      [
        "k8s-test:app:HttpbinApp httpbin",
        "k8s-test:home:AcmeIssuer home-issuer",
        "k8s-test:home:CertManager home-cert-manager",
        "k8s-test:home:HomePlatform home",
        "kubernetes:apps/v1:Deployment httpbin",
        "kubernetes:autoscaling/v2:HorizontalPodAutoscaler httpbin",
        "kubernetes:cert-manager.io/v1:ClusterIssuer home-issuer",
        "kubernetes:core/v1:Namespace home-cert-manager",
        "kubernetes:core/v1:Namespace httpbin",
        "kubernetes:core/v1:Secret home-issuer",
        "kubernetes:core/v1:Service httpbin",
        "kubernetes:core/v1:ServiceAccount httpbin",
        "kubernetes:helm.sh/v3:Release home-cert-manager",
        "kubernetes:networking.k8s.io/v1:Ingress httpbin",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy httpbin",
        "kubernetes:policy/v1:PodDisruptionBudget httpbin",
        "kubernetes:traefik.io/v1alpha1:Middleware httpbin-httpbin-redirect-https",
        "pulumi:providers:kubernetes home",
        "pulumi:pulumi:Stack k8s-test-home",
      ].sort(),
    );
  });

  it("makes every Kubernetes object through the one provider", () => {
    const provider = only(result, KUBERNETES);
    const objects = result.resources.filter(({ type }) => type.startsWith("kubernetes:"));
    assert.equal(objects.length, 13);
    for (const { type, name, provider: used } of objects) {
      assert.equal(used, `${provider.urn}::home-id`, `${type} ${name}`);
    }
  });

  it("makes the app after the issuer, and the issuer after cert-manager", () => {
    const release = only(result, "kubernetes:helm.sh/v3:Release");
    const issuer = only(result, "kubernetes:cert-manager.io/v1:ClusterIssuer");
    const ingress = only(result, "kubernetes:networking.k8s.io/v1:Ingress");
    assert.ok(issuer.dependencies.includes(release.urn));
    assert.ok(ingress.dependencies.includes(issuer.urn));
  });

  it("has at most 4 pods", () => {
    const autoscaler = only(result, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler");
    assert.equal(at(autoscaler, "spec.minReplicas"), 1);
    assert.equal(at(autoscaler, "spec.maxReplicas"), 4);
  });

  it("gets its certificate from the issuer that the ingress' annotation names", () => {
    const ingress = only(result, "kubernetes:networking.k8s.io/v1:Ingress");
    const issuer = only(result, "kubernetes:cert-manager.io/v1:ClusterIssuer");
    const annotations = at(ingress, "metadata.annotations") as Record<string, string>;
    assert.equal(annotations["cert-manager.io/cluster-issuer"], at(issuer, "metadata.name"));
    assert.equal(at(ingress, "spec.tls.0.secretName"), "httpbin-tls");
  });

  it("hands the kubeconfig and the token to the engine as secrets, and nothing else holds them", () => {
    const provider = only(result, KUBERNETES);
    assert.ok(isSecret(at(provider, "kubeconfig")));
    const { inputs } = only(result, "kubernetes:core/v1:Secret");
    assert.deepEqual(unwrap(inputs["stringData"]), { token: "hunter2" });
    assert.ok(isSecret(inputs["stringData"]));
    const others = result.resources.filter(({ type }) => !/Secret$|:kubernetes$/.test(type));
    assert.doesNotMatch(JSON.stringify(others.map((other) => other.inputs)), /hunter2/);
  });

  it("looks for the certificate of the host, with the kubeconfig of the provider", () => {
    const { url = "", headers } = api.calls[0] ?? {};
    assert.equal(
      url,
      "/apis/cert-manager.io/v1/namespaces/httpbin/certificates?fieldSelector=metadata.name=httpbin-tls",
    );
    assert.equal(headers?.authorization, "Bearer hunter2");
  });

  it("fails where there is no certificate in time, with the reason and nothing else", async () => {
    cluster = {};
    const home = { ...HOME["k8s-test:home"], certificateWaitSeconds: 1 };
    const attempt = runStack("home", { "k8s-test:home": home }, secrets());
    await assert.rejects(attempt, (error: unknown) => {
      assert.ok(pulumi.RunError.isInstance(error), "printed without a stack trace");
      assert.match(
        error.message,
        /^No certificate for https:\/\/httpbin\.example\.com after 1 s\.\n {2}cause: there is no ClusterIssuer letsencrypt-staging\n/,
      );
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  });

  it("tells where the app is", () => {
    assert.deepEqual(result.outputs, {
      url: "https://httpbin.example.com",
      namespace: "httpbin",
      serviceName: "httpbin",
      autoscalerName: "httpbin",
    });
  });
});

describe("a stack with a namespace of its own choice", () => {
  it("has everything there, the redirect that its ingress names included", async () => {
    const fixture = fixtures("valid").find(({ reason }) => reason === "everything-there-already");
    assert.ok(fixture);
    const options = { ...(await readStackFile(fixture.stackFile)), preview: true };
    const result = await runProgram(program, options);
    const middleware = only(result, "kubernetes:traefik.io/v1alpha1:Middleware");
    assert.equal(at(middleware, "metadata.namespace"), "web");
    const annotations = at(
      only(result, "kubernetes:networking.k8s.io/v1:Ingress"),
      "metadata.annotations",
    ) as Record<string, string>;
    assert.equal(
      annotations["traefik.ingress.kubernetes.io/router.middlewares"],
      "web-httpbin-redirect-https@kubernetescrd",
    );
  });
});

describe("the live stack", () => {
  let api: ApiStandIn;
  let result: ProgramResult;
  before(async () => {
    api = await apiStandIn();
    result = await runStack(
      "live",
      {
        "k8s-test:live": {
          region: "eu-central-1",
          accountId: "123456789012",
          tailnet: { oauthClientId: "kABC123CNTRL" },
          loadBalancer: { hostedZoneId: "Z2ABCDEFGHIJKL" },
        },
      },
      { "k8s-test:tailscaleOauthSecret": "hunter2" },
      liveMocks(api),
    );
  });
  after(() => api.close());

  it("runs the same app, on an ALB that brings its own certificate", () => {
    const ingress = only(result, "kubernetes:networking.k8s.io/v1:Ingress");
    assert.equal(at(ingress, "spec.ingressClassName"), "alb");
    assert.equal(at(ingress, "spec.tls"), undefined);
    assert.equal(only(result, "k8s-test:app:HttpbinApp").name, "httpbin");
  });

  it("makes every Kubernetes object through the provider of its cluster", () => {
    const provider = only(result, KUBERNETES);
    const objects = result.resources.filter(({ type }) => type.startsWith("kubernetes:"));
    assert.equal(objects.length, 9);
    for (const { type, name, provider: used } of objects) {
      assert.equal(used, `${provider.urn}::live-id`, `${type} ${name}`);
    }
  });

  it("tells where the app is, and how to reach the cluster", () => {
    const { tailnetPolicySnippet, vpcId, ...outputs } = result.outputs;
    assert.deepEqual(outputs, {
      url: "https://httpbin.example.com",
      namespace: "httpbin",
      serviceName: "httpbin",
      autoscalerName: "httpbin",
      clusterName: "live",
      routerHostnamePrefix: "live-eu-central-1-router-",
      kubeconfigCommand: "aws eks update-kubeconfig --region eu-central-1 --name live",
    });
    assert.equal(vpcId, "live-network-id");
    assert.match(String(tailnetPolicySnippet), /autoApprovers/);
  });

  it("has the host's record lead to the load balancer", () => {
    const record = only(result, "aws:route53/record:Record", "httpbin");
    assert.match(JSON.stringify(at(record, "aliases")), /k8s-httpbin-httpbin-1\./);
  });

  it("has from 2 to 10 pods", () => {
    const autoscaler = only(result, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler");
    assert.equal(at(autoscaler, "spec.minReplicas"), 2);
    assert.equal(at(autoscaler, "spec.maxReplicas"), 10);
  });
});

describe("a stack that scales on requests per second", () => {
  const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
  const SCALED_OBJECT = "kubernetes:keda.sh/v1alpha1:ScaledObject";

  async function runFixture(reason: string): Promise<ProgramResult> {
    const fixture = fixtures("valid").find((valid) => valid.reason === reason);
    assert.ok(fixture, reason);
    const api = await apiStandIn();
    const options = { ...(await readStackFile(fixture.stackFile)), ...liveMocks(api) };
    // That at home as a preview: an update would wait for what is on a cluster.
    const result = await runProgram(program, { ...options, preview: options.stack === "home" });
    await api.close();
    return result;
  }

  for (const reason of ["home-on-requests-per-second", "live-on-requests-per-second"]) {
    it(`has KEDA scale it, which is there before, and no autoscaler of its own: ${reason}`, async () => {
      const result = await runFixture(reason);
      const scaledObject = only(result, SCALED_OBJECT);
      assert.ok(!result.resources.some(({ type }) => type === AUTOSCALER));
      assert.equal(
        result.outputs["autoscalerName"],
        at(scaledObject, "spec.advanced.horizontalPodAutoscalerConfig.name"),
      );
      const keda = result.resources.find(
        ({ inputs, type }) => type.endsWith(":Release") && inputs["chart"] === "keda",
      );
      assert.ok(keda !== undefined && scaledObject.dependencies.includes(keda.urn));
    });
  }

  it("waits in the cloud for the load balancer, whose requests are counted", async () => {
    const result = await runFixture("live-on-requests-per-second");
    const ingress = only(result, "kubernetes:networking.k8s.io/v1:Ingress");
    assert.ok(only(result, SCALED_OBJECT).dependencies.includes(ingress.urn));
    assert.ok(!ingress.dependencies.includes(only(result, SCALED_OBJECT).urn));
  });

  it("asks at home the Prometheus that it installs, or the one that is there", async () => {
    const addressOf = async (reason: string): Promise<unknown> =>
      at(only(await runFixture(reason), SCALED_OBJECT), "spec.triggers.2.metadata.serverAddress");
    assert.equal(
      await addressOf("home-on-requests-per-second"),
      "http://kube-prometheus-stack-prometheus.monitoring:9090",
    );
    assert.equal(
      await addressOf("home-with-a-prometheus-that-is-there"),
      "http://rancher-monitoring-prometheus.cattle-monitoring-system:9090",
    );
  });

  it("hands Grafana's password to its Secret alone", async () => {
    const { resources } = await runFixture("home-on-requests-per-second");
    const holders = resources.filter(({ inputs }) => JSON.stringify(inputs).includes("hunter2"));
    assert.deepEqual(holders.map(({ type, name }) => `${type} ${name}`).sort(), [
      "kubernetes:core/v1:Secret home-issuer",
      "kubernetes:core/v1:Secret home-monitoring-prometheus-grafana",
      "pulumi:providers:kubernetes home",
    ]);
  });
});

describe("the SDKs that a stack loads", () => {
  /** The packages of Pulumi and Kubernetes that a process has loaded after it ran a fixture's stack. */
  async function loadedBy(reason: string): Promise<string[]> {
    const script = join(__dirname, "support", "loadedPackages.ts");
    const args = ["--import", "tsx", script, reason];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
    return JSON.parse(stdout) as string[];
  }

  it("are those of Pulumi and Kubernetes alone at home, and no client of the API", async () => {
    assert.deepEqual(await loadedBy("cloudflare"), ["@pulumi/kubernetes", "@pulumi/pulumi"]);
  });

  it("are those of the cloud too, where the stack is there", async () => {
    assert.deepEqual(await loadedBy("live"), [
      "@pulumi/aws",
      "@pulumi/eks",
      "@pulumi/kubernetes",
      "@pulumi/pulumi",
      "@pulumi/tailscale",
    ]);
  });
});
