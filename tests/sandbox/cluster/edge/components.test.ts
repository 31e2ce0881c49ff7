import { strict as assert } from "node:assert";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import { certManagerValues } from "../../../../components/home/certManager";
import type { Component } from "../../../../sandbox/cluster/component";
import { certManager } from "../../../../sandbox/cluster/edge/certManager";
import { nameServer, prepareNameServer } from "../../../../sandbox/cluster/edge/nameServer";
import { pebble } from "../../../../sandbox/cluster/edge/pebble";
import { PORTS } from "../../../../sandbox/cluster/edge/places";
import { traefik } from "../../../../sandbox/cluster/edge/traefik";
import { zoneFile } from "../../../../sandbox/cluster/edge/zone";
import { layoutOf } from "../../../../sandbox/cluster/layout";
import { nodeTopology } from "../../../../sandbox/cluster/topology";
import { TOOLS } from "../../../../sandbox/toolchain/tools";

const SECRET = "c2VjcmV0";
const setting = { layout: layoutOf("/state/x", "/logs/x"), topology: nodeTopology() };
const knot = nameServer(setting, { secret: SECRET, program: "/usr/sbin/knotd" });
const built = [pebble(setting), certManager(setting), traefik(setting)];

function flag(component: Component, name: string): string | undefined {
  const found = component.args.find((arg) => arg.startsWith(`--${name}=`));
  return found?.slice(name.length + 3);
}

function file(component: Component, name: string): string {
  const found = component.files?.find(({ path }) => path.endsWith(name));
  assert.ok(found !== undefined, `${component.name} has no file ${name}`);
  return found.text;
}

describe("the components of an edge", () => {
  it("are run by tools that are built for it, but for the name server, which the system has", () => {
    for (const { tool } of built) {
      assert.equal(TOOLS.find(({ name }) => name === tool)?.part, "edge", tool);
    }
    assert.equal(knot.tool, "/usr/sbin/knotd");
  });

  it("listen on the node's address alone, each on a port of its own", () => {
    assert.equal(new Set(Object.values(PORTS)).size, Object.values(PORTS).length);
    for (const { name, args, files = [] } of [knot, ...built]) {
      const text = [...args, ...files.map((one) => one.text)].join("\n");
      const addresses = text.match(/\b\d+\.\d+\.\d+\.\d+\b/g) ?? [];
      assert.deepEqual([...new Set(addresses)], ["10.200.0.2"], name);
      assert.doesNotMatch(text, /[=\s"]:\d+/, `${name} listens everywhere`);
    }
  });

  it("are not told a secret where others could see it", () => {
    for (const { name, args, environment = {} } of [knot, ...built]) {
      assert.ok(!JSON.stringify([args, environment]).includes(SECRET), name);
    }
  });
});

describe("the name server", () => {
  const config = parse(file(knot, "knot.yaml")) as Record<string, Record<string, unknown>[]>;

  it("takes updates of TXT records with its key, and lets nobody do anything else", () => {
    assert.deepEqual(config["acl"], [
      { id: "challenges", key: "cert-manager", action: "update", "update-type": "TXT" },
    ]);
    assert.deepEqual(config["key"], [
      { id: "cert-manager", algorithm: "hmac-sha256", secret: SECRET },
    ]);
    const [zone, ...others] = config["zone"] ?? [];
    assert.deepEqual([zone?.["domain"], zone?.["acl"], others], ["home.test", "challenges", []]);
  });

  it("is ready when it knows the app's host, which is where Traefik is", () => {
    assert.deepEqual(knot.ready, { lookup: "httpbin.home.test", server: "10.200.0.2:1053" });
    assert.match(file(knot, "zone"), /^httpbin\.home\.test\. A 10\.200\.0\.2$/m);
    assert.match(zoneFile("192.0.2.1"), /^ns\.home\.test\. A 192\.0\.2\.1$/m);
  });

  it("gets another secret for each cluster, which its owner alone can read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "k8s-test-edge-"));
    try {
      const own = { ...setting, layout: layoutOf(folder, folder) };
      const secrets = [await prepareNameServer(own), await prepareNameServer(own)];
      assert.notEqual(secrets[0], secrets[1]);
      assert.equal(Buffer.from(secrets[1] ?? "", "base64").length, 32);
      const path = join(folder, "edge", "tsig-secret");
      assert.equal(await readFile(path, "utf8"), secrets[1]);
      assert.equal((await stat(path)).mode & 0o777, 0o600);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("pebble", () => {
  const { pebble: config } = JSON.parse(file(pebble(setting), "pebble.json")) as {
    pebble: { profiles: Record<string, { validityPeriod: number }>; privateKey: string };
  };

  it("has one profile, as it would take one of several by chance, for 90 days", () => {
    assert.deepEqual(
      Object.values(config.profiles).map(({ validityPeriod }) => validityPeriod / 86_400),
      [90],
    );
  });

  it("really asks the edge's DNS for each challenge", () => {
    const { args, environment = {} } = pebble(setting);
    assert.equal(args[args.indexOf("-dnsserver") + 1], "10.200.0.2:1053");
    assert.equal(environment["PEBBLE_VA_ALWAYS_VALID"], undefined);
    assert.equal(environment["PEBBLE_AUTHZREUSE"], "0");
  });
});

describe("cert-manager", () => {
  it("does what the home stack's values of its chart say", () => {
    const values = certManagerValues(["10.200.0.2:1053"]);
    const component = certManager(setting);
    const given = (name: string): string | undefined => flag(component, name);
    assert.deepEqual(
      [
        given("dns01-recursive-nameservers"),
        given("dns01-recursive-nameservers-only"),
        given("enable-certificate-owner-ref"),
      ],
      [
        values["dns01RecursiveNameservers"],
        String(values["dns01RecursiveNameserversOnly"]),
        String(values["enableCertificateOwnerRef"]),
      ],
    );
    assert.equal(given("cluster-resource-namespace"), "cert-manager");
  });
});

describe("Traefik", () => {
  const component = traefik(setting);

  it("serves Ingresses and Middlewares on the usual ports, and publishes its address", () => {
    assert.equal(flag(component, "entrypoints.web.address"), "10.200.0.2:80");
    assert.equal(flag(component, "entrypoints.websecure.address"), "10.200.0.2:443");
    assert.equal(flag(component, "providers.kubernetesingress.ingressendpoint.ip"), "10.200.0.2");
    assert.equal(flag(component, "providers.kubernetescrd"), "true");
    assert.equal(flag(component, "metrics.prometheus.entrypoint"), "metrics");
  });

  it("is told of the cluster by a kubeconfig of its own, and asks nobody outside for news", () => {
    assert.deepEqual(component.environment, { KUBECONFIG: "/state/x/pki/traefik.kubeconfig" });
    assert.equal(flag(component, "global.checknewversion"), "false");
    assert.equal(flag(component, "global.sendanonymoususage"), "false");
  });
});
