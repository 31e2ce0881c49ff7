import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { loadSettings, type HomeSettings, type LiveSettings } from "../config";
import program from "../index";
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
        clusterIssuer: "letsencrypt",
      },
    });
  });

  it("takes the settings of a stack in the cloud, with an account id that looks like a number", async () => {
    const settings = await settingsOf("live");
    assert.deepEqual(settings, {
      platform: "live",
      app: APP_DEFAULTS,
      live: {
        region: "eu-central-1",
        accountId: "123456789012",
        clusterName: "live",
        certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d",
        scheme: "internal",
      },
    });
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
