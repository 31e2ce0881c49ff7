import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { loadSettings, type HomeSettings, type LiveSettings } from "../config";
import program from "../index";
import { describeKeys } from "../settings/describe";
import { versions } from "../versions";
import { fixtures } from "./support/fixtures";
import { ProgramError, runProgram } from "./support/program";
import { readStackFile } from "./support/stackFile";

type Settings = HomeSettings | LiveSettings;

/** The settings that a valid stack file comes to. */
async function settingsOf(reason: string): Promise<Settings> {
  const fixture = fixtures("valid").find((valid) => valid.reason === reason);
  assert.ok(fixture, reason);
  let settings: Settings | undefined;
  await runProgram(
    async () => {
      settings = await loadSettings();
    },
    await readStackFile(fixture.stackFile),
  );
  assert.ok(settings);
  return settings;
}

/** The text of an Output, which must be a secret. */
async function reveal(secret: unknown): Promise<unknown> {
  assert.ok(pulumi.Output.isInstance(secret));
  assert.equal(await pulumi.isSecret(secret), true);
  return new Promise((resolve) => {
    secret.apply(resolve);
  });
}

const APP_DEFAULTS = {
  host: "httpbin.example.com",
  namespace: "httpbin",
  createNamespace: true,
  image: versions.httpbinImage,
  resources: {
    requests: { cpu: "100m", memory: "128Mi" },
    limits: { cpu: "1", memory: "256Mi" },
  },
  autoscaling: {
    minReplicas: 1,
    maxReplicas: 4,
    cpuTarget: 50,
    memoryTarget: "204Mi",
    idleMemory: "56Mi",
    scaleDownStabilizationSeconds: 120,
  },
};

const LIVE_DEFAULTS = {
  region: "eu-central-1",
  accountId: "123456789012",
  clusterName: "live",
  host: "httpbin.example.com",
  network: {
    cidr: "10.80.0.0/16",
    zones: 2,
    nat: "perZone",
    interfaceEndpoints: [],
    publicSubnetIds: [],
    privateSubnetIds: [],
  },
  cluster: { version: versions.eks, logRetentionDays: 90, deletionProtection: true },
  nodes: {
    instanceTypes: ["t4g.medium"],
    image: "bottlerocket",
    capacityType: "ON_DEMAND",
    minSize: 2,
    maxSize: 4,
    desiredSize: 2,
    diskGiB: 20,
    maxUnavailable: 1,
  },
  addons: { ...versions.eksAddons },
  access: { admins: [], readers: [], ci: [], previews: [] },
  tailnet: {
    name: "-",
    oauthClientId: "kABC123CNTRL",
    tag: "tag:k8s-test-router",
    size: 1,
    instanceType: "t4g.nano",
    approval: "manual",
    splitDns: false,
    waitSeconds: 600,
  },
  loadBalancer: {
    scheme: "internal",
    hostedZoneId: "Z2ABCDEFGHIJKL",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    idleTimeoutSeconds: 60,
    allowedCidrs: [],
  },
};

/** The dotted keys of all that is no map. */
function keysOf(values: object, parent = ""): string[] {
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? keysOf(value, `${parent}${name}.`)
      : [`${parent}${name}`],
  );
}

describe("loadSettings", () => {
  it("needs no more than five values at home, and keeps the two secrets among them secret", async () => {
    const settings = await settingsOf("cloudflare");
    assert.ok(settings.platform === "home");
    assert.deepEqual(settings.app, APP_DEFAULTS);
    const { kubeconfig, issuer, ...home } = settings.home;
    assert.deepEqual(home, {
      clusterIdentifier: "home",
      certManager: {
        install: true,
        namespace: "cert-manager",
        recursiveNameservers: ["https://1.1.1.1/dns-query", "https://8.8.8.8/dns-query"],
      },
      traefik: { ingressClass: "traefik", namespace: "kube-system" },
      certificateWaitSeconds: 300,
      certManagerNamespace: "cert-manager",
    });
    assert.match(String(await reveal(kubeconfig)), /^apiVersion: v1\n/);
    assert.ok(issuer);
    const { dnsToken, ...rest } = issuer;
    assert.equal(await reveal(dnsToken), "hunter2");
    assert.deepEqual(rest, {
      acme: { server: "staging", email: "you@your-domain.org" },
      dns: { provider: "cloudflare", zone: "example.com" },
      certManagerNamespace: "cert-manager",
    });
  });

  it("hands over the settings of Route 53 and of Let's Encrypt's production", async () => {
    const settings = await settingsOf("route53-in-production");
    assert.ok(settings.platform === "home");
    assert.equal(settings.home.issuer?.acme.server, "production");
    assert.deepEqual(settings.home.issuer.dns, {
      provider: "route53",
      zone: "example.com",
      route53: {
        region: "eu-central-1",
        hostedZoneId: "Z2ABCDEFGHIJKL",
        accessKeyId: "AKIAABCDEFGHIJKLMNOP",
      },
    });
  });

  it("hands over the settings of RFC 2136, of a private ACME server and of a cert-manager that is there", async () => {
    const settings = await settingsOf("rfc2136-at-a-private-acme-server");
    assert.ok(settings.platform === "home");
    assert.equal(settings.home.certManager, undefined);
    assert.equal(settings.home.issuer?.certManagerNamespace, "tls");
    assert.equal(settings.home.issuer.acme.server, "https://acme.example.com/directory");
    assert.match(String(settings.home.issuer.acme.caBundle), /^-----BEGIN CERTIFICATE-----/);
    assert.deepEqual(settings.home.issuer.dns.rfc2136, {
      nameserver: "192.0.2.53:53",
      tsigKeyName: "cert-manager",
      tsigAlgorithm: "HMACSHA512",
    });
  });

  it("takes a kubeconfig by path and context, an issuer that is there, and every value of the app", async () => {
    const settings = await settingsOf("everything-there-already");
    assert.deepEqual(settings, {
      platform: "home",
      app: {
        host: "httpbin.example.com",
        namespace: "web",
        createNamespace: false,
        image: `example.com/httpbin:1.2.3@sha256:${"0".repeat(64)}`,
        resources: {
          requests: { cpu: "0.25", memory: "64Mi" },
          limits: { cpu: "2", memory: "256Mi" },
        },
        autoscaling: {
          minReplicas: 2,
          maxReplicas: 3,
          cpuTarget: 70,
          memoryTarget: "100Mi",
          idleMemory: "30Mi",
          scaleDownStabilizationSeconds: 60,
        },
      },
      home: {
        kubeconfig: "tests/fixtures/kubeconfig/home.yaml",
        context: "home",
        clusterIdentifier: "home",
        traefik: { ingressClass: "traefik", namespace: "kube-system" },
        certificateWaitSeconds: 600,
        certManagerNamespace: "cert-manager",
        clusterIssuer: "letsencrypt",
      },
    });
  });

  it("needs no more than six values in the cloud, one of them a secret that is kept", async () => {
    const settings = await settingsOf("live");
    assert.ok(settings.platform === "live");
    assert.deepEqual(settings.app, APP_DEFAULTS);
    const { tailscaleOauthSecret, ...live } = settings.live;
    assert.equal(await reveal(tailscaleOauthSecret), "hunter2");
    assert.deepEqual(live, LIVE_DEFAULTS);
  });

  it("takes a network that is there, and a certificate in place of a zone", async () => {
    const settings = await settingsOf("live-in-a-network-that-is-there");
    assert.ok(settings.platform === "live");
    const { network, loadBalancer, tailnet } = settings.live;
    assert.deepEqual(network, {
      ...LIVE_DEFAULTS.network,
      vpcId: "vpc-0123456789abcdef0",
      publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
      privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
    });
    assert.equal(loadBalancer.hostedZoneId, undefined);
    assert.equal(
      loadBalancer.certificateArn,
      "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d",
    );
    assert.equal(tailnet.approval, "device");
  });

  it("hands over every value of a stack in the cloud as it is given", async () => {
    const settings = await settingsOf("live-with-everything");
    assert.ok(settings.platform === "live");
    const { host, tailscaleOauthSecret, ...live } = settings.live;
    assert.equal(host, settings.app.host);
    assert.equal(await reveal(tailscaleOauthSecret), "hunter2");
    const fixture = fixtures("valid").find(({ reason }) => reason === "live-with-everything");
    assert.ok(fixture);
    const { config } = await readStackFile(fixture.stackFile);
    // Nothing is left out, but what cannot be together with the rest.
    assert.deepEqual(live, {
      ...(config["k8s-test:live"] as object),
      network: {
        ...(config["k8s-test:live"] as { network: object }).network,
        publicSubnetIds: [],
        privateSubnetIds: [],
      },
    });
    const given = keysOf(live);
    const missing = describeKeys()
      .map(({ key }) => key)
      .filter((key) => key.startsWith("live.") && !given.includes(key.slice("live.".length)));
    assert.deepEqual(missing, ["live.network.vpcId"]);
  });

  for (const { reason, folder, stackFile } of fixtures("invalid")) {
    it(`refuses a config before anything is made: ${reason}`, async () => {
      const message = await readFile(join(folder, "message.txt"), "utf8");
      const options = await readStackFile(stackFile);
      await assert.rejects(runProgram(program, options), (error: unknown) => {
        assert.ok(error instanceof ProgramError);
        assert.equal(`${error.message}\n`, message);
        assert.ok(pulumi.RunError.isInstance(error.cause), "printed without a stack trace");
        assert.deepEqual(
          error.resources.map(({ type }) => type),
          ["pulumi:pulumi:Stack"],
        );
        return true;
      });
      assert.doesNotMatch(message, /hunter2/);
    });
  }

  it("has at least 25 reasons to refuse a config", () => {
    assert.ok(fixtures("invalid").length >= 25);
  });
});
