import { strict as assert } from "node:assert";
import { Resolver } from "node:dns/promises";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { rootCertificates } from "node:tls";
import { X509Certificate } from "node:crypto";

import { run, tryRun } from "../../../host/run";
import { ensureTools } from "../../../host/tools";
import { readEdge, type Edge } from "../../../sandbox/cluster/edge/edge";
import { saveRootAgain } from "../../../sandbox/cluster/edge/pebble";
import { PORTS } from "../../../sandbox/cluster/edge/places";
import { restartComponent } from "../../../sandbox/cluster/faults";
import { childOf } from "../../../sandbox/cluster/processes";
import { clusterStatus } from "../../../sandbox/cluster/status";
import { stopCluster } from "../../../sandbox/cluster/stopCluster";
import type { ApiClient } from "../../../sandbox/providers/kubernetes/apiClient";
import { at, objectsAt, textAt, type JsonObject } from "../../../sandbox/providers/skeleton/json";
import { SCANNERS } from "../../../sandbox/scan/finding";
import { scanStack } from "../../../sandbox/scan/scan";
import { askByHttps, type HttpsAnswer } from "../../../sandbox/stack/httpsAnswer";
import { runningPlace, sandboxPlace, type Place } from "../../../sandbox/stack/place";
import { upStack } from "../../../sandbox/stack/upStack";
import { machineListing } from "../../cluster/machine";
import { clientOf } from "../../support/client";
import { cannotRunContainers } from "../../support/machine";
import { ownStateFolder } from "../../support/ownStateFolder";
import { skip } from "../../support/reporter";
import { testsInBrowser } from "./edgeInBrowser";

const NAME = "edge";
const STACK = "home";
const HOST = "httpbin.home.test";
const URL_OF_APP = `https://${HOST}/uuid`;
const CHALLENGE = `_acme-challenge.${HOST}.`;
const CERTIFICATE = "/apis/cert-manager.io/v1/namespaces/httpbin/certificates/httpbin-tls";
const INGRESS = "/apis/networking.k8s.io/v1/namespaces/httpbin/ingresses/httpbin";
/** Seconds from the Ingress on, of which cert-manager itself pauses for 60. */
const CERTIFICATE_SECONDS = 75;

describe("The edge: Traefik, cert-manager, ACME and DNS in front of a real node", () => {
  const state = ownStateFolder(NAME);
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  let untouched: Record<string, string[]>;
  let place: Place;
  let edge: Edge;
  let client: ApiClient;
  let first: HttpsAnswer;

  const read = (path: string): Promise<JsonObject> => client.call({ path });
  const ask = (): Promise<HttpsAnswer> => askByHttps(URL_OF_APP, edge);
  const condition = async (type: string): Promise<JsonObject | undefined> =>
    objectsAt(await read(CERTIFICATE), "status", "conditions").find(
      (one) => textAt(one, "type") === type,
    );
  const resolver = (port: number): Resolver => {
    const one = new Resolver({ timeout: 2000, tries: 1 });
    one.setServers([`${edge.address}:${String(port)}`]);
    return one;
  };
  /** Sends an update of a zone; gives what the server said of it. */
  const update = async (zone: string, ...changes: string[]): Promise<string> => {
    const { nameserver, tsigKeyName, tsigSecret } = edge.rfc2136;
    const key = join(state.path(), "tsig.key");
    await writeFile(key, `hmac-sha256:${tsigKeyName}:${tsigSecret}`, { mode: 0o600 });
    const server = nameserver.replace(":", " ");
    const input = [`server ${server}`, `zone ${zone}`, ...changes, "send", "answer", ""].join("\n");
    const { ok, all } = await tryRun("knsupdate", ["-k", key], { input });
    return ok ? "taken" : all;
  };

  before(async function () {
    // A machine that has no tools yet builds them here.
    this.timeout("60m");
    const reason = cannotRunContainers();
    if (reason !== undefined) skip(this, reason);
    const dnsTools = [{ program: "knsupdate", package: "knot-dnsutils" }];
    await ensureTools(dnsTools, { install: true, say, log: join(state.path(), "apt.log") });
    untouched = await machineListing(state.path(), NAME);
    place = await sandboxPlace({ name: NAME, tier: "node", edge: true, install: true, say });
    edge = place.target.edge ?? assert.fail("no edge");
    client = clientOf(place.target.kubeconfigPath);
    await upStack(place, { stack: STACK, say });
  });

  it("has a certificate, and answers with it, within 75 seconds of the Ingress", async () => {
    const answeredAt = Date.now();
    first = await ask();
    assert.equal(first.status, 200);
    assert.match(first.body, /"uuid": "[0-9a-f-]{36}"/);
    const made = Date.parse(textAt(await read(INGRESS), "metadata", "creationTimestamp") ?? "");
    const ready = Date.parse(textAt(await condition("Ready"), "lastTransitionTime") ?? "");
    const bound = CERTIFICATE_SECONDS * 1000;
    assert.ok(ready >= made && ready - made <= bound, `Ready after ${String(ready - made)} ms`);
    // Of the whole update there is less to wait for than a few questions of the sandbox itself.
    assert.ok(answeredAt - made <= bound + 5000, `200 after ${String(answeredAt - made)} ms`);
  });

  it("says so at the end of `up`: what answered, who issued, and how to try by hand", async () => {
    const text = said.join("\n");
    assert.match(text, /Real, too: Traefik, cert-manager, an ACME server/);
    assert.match(text, /home\.acme\.server +https:\/\/10\.200\.0\.2:14000\/dir/);
    assert.match(text, /https:\/\/httpbin\.home\.test\/uuid answers: \{/);
    assert.match(text, /Its certificate is of Pebble Intermediate CA \w+, valid until 20\d\d-/);
    const command = /curl --cacert \S+ --resolve \S+ https:\S+/.exec(text)?.[0] ?? assert.fail();
    const [curl = "", ...args] = command.split(" ");
    assert.match(await run(curl, ["--silent", "--fail", ...args]), /"uuid"/);
    assert.ok(!text.includes(edge.rfc2136.tsigSecret), "a secret is said");
  });

  it("has an issuer that is right to the last field, and nothing for scanners but what is accepted", async () => {
    const out = join(state.path(), "scan");
    const options = { stack: STACK, out, scanners: SCANNERS, install: true, say };
    const { manifests, unexplained } = await scanStack(place.engine, options);
    assert.deepEqual(unexplained, []);
    const fileOf = (kind: string): string =>
      [...manifests.objects.keys()].find((file) => file.startsWith(`${kind}-`)) ??
      assert.fail(kind);
    assert.ok(fileOf("ClusterIssuer") && fileOf("Middleware"));
    const written = await readFile(join(out, "manifests", fileOf("Secret")), "utf8");
    assert.match(written, /^kind: Secret$/m);
    assert.ok(!written.includes(Buffer.from(edge.rfc2136.tsigSecret).toString("base64")));
  });

  testsInBrowser(NAME, () => edge);

  it("sends plain http to https", async () => {
    const args = [
      "--silent",
      "--output",
      "/dev/null",
      "--write-out",
      "%{http_code} %{redirect_url}",
    ];
    const resolve = ["--resolve", `${HOST}:80:${edge.address}`];
    const answer = await run("curl", [...args, ...resolve, `http://${HOST}/uuid`]);
    assert.match(answer, /^30[18] https:\/\/httpbin\.home\.test\/uuid$/);
  });

  it("proves the host, and that alone, to whoever trusts the ACME server's root", async () => {
    const secret = await read("/api/v1/namespaces/httpbin/secrets/httpbin-tls");
    const chain = Buffer.from(textAt(secret, "data", "tls.crt") ?? "", "base64").toString();
    const [leaf, intermediate] = chain
      .split(/(?<=-----END CERTIFICATE-----\n)/)
      .filter((pem) => pem.trim() !== "")
      .map((pem) => new X509Certificate(pem));
    assert.ok(leaf !== undefined && intermediate !== undefined);
    assert.equal(leaf.subjectAltName, `DNS:${HOST}`);
    assert.equal(leaf.serialNumber, first.serial);
    const root = new X509Certificate(await readFile(edge.rootPath));
    assert.ok(leaf.verify(intermediate.publicKey) && intermediate.verify(root.publicKey));
    const others = join(state.path(), "others.pem");
    await writeFile(others, rootCertificates.join("\n"));
    await assert.rejects(askByHttps(URL_OF_APP, { ...edge, rootPath: others }), /local issuer/);
    await assert.rejects(askByHttps("https://other.home.test/", edge), /self-signed/);
  });

  it("publishes Traefik's address, by which the cluster's DNS and the zone's own know the host", async () => {
    const address = [{ ip: edge.address }];
    assert.deepEqual(at(await read(INGRESS), "status", "loadBalancer", "ingress"), address);
    for (const port of [53, PORTS.nameServer]) {
      assert.deepEqual(await resolver(port).resolve4(HOST), [edge.address]);
    }
  });

  it("lets the TSIG key write TXT records of its zone, and nothing else", async () => {
    assert.equal(await update("home.test.", `add ${CHALLENGE} 5 TXT proof`), "taken");
    assert.deepEqual(await resolver(PORTS.nameServer).resolveTxt(CHALLENGE), [["proof"]]);
    assert.equal(await update("home.test.", `delete ${CHALLENGE} TXT`), "taken");
    await assert.rejects(resolver(PORTS.nameServer).resolveTxt(CHALLENGE), /ENOTFOUND|ENODATA/);
    const refused = [
      ["home.test.", `add ${HOST}. 5 A 192.0.2.1`],
      ["home.test.", `delete ${HOST}. A`],
      ["home.test.", `delete ${HOST}.`],
      ["home.test.", `add ${CHALLENGE} 5 CNAME elsewhere.example.`],
      ["other.test.", "add x.other.test. 5 TXT proof"],
    ] as const;
    for (const [zone, change] of refused) {
      assert.match(await update(zone, change), /BADKEY|REFUSED|NOTAUTH/, change);
    }
    assert.deepEqual(await resolver(PORTS.nameServer).resolve4(HOST), [edge.address]);
  });

  it("renews a certificate while requests run, of which none fails", async () => {
    const issuing = {
      type: "Issuing",
      status: "True",
      reason: "ManuallyTriggered",
      message: "as cmctl does it",
      lastTransitionTime: new Date().toISOString(),
    };
    const patch = JSON.stringify([{ op: "add", path: "/status/conditions/-", value: issuing }]);
    const { ok, all } = await place.engine.kubectl(
      ["patch", "certificate", "httpbin-tls", "--namespace=httpbin"].concat([
        "--subresource=status",
        "--type=json",
        "--patch",
        patch,
      ]),
    );
    assert.ok(ok, all);
    let requests = 0;
    const deadline = Date.now() + 2 * CERTIFICATE_SECONDS * 1000;
    for (let renewed = 0; renewed < 20;) {
      const { status, serial } = await ask();
      assert.equal(status, 200);
      requests += 1;
      if (serial !== first.serial) renewed += 1;
      assert.ok(Date.now() < deadline, `no other serial in ${String(requests)} requests`);
      await sleep(100);
    }
    assert.ok(requests > 100, String(requests));
  });

  it("listens on no address of the machine", async () => {
    const { processes = [] } = (await clusterStatus(NAME)) ?? {};
    const pids = new Set(processes.flatMap(({ pid }) => [pid, childOf(pid) ?? pid]));
    const onMachine = (await run("ss", ["-Hltnup"])).split("\n");
    const owners = onMachine.flatMap((line) => [...line.matchAll(/pid=(\d+)/g)]);
    assert.deepEqual(
      owners.filter(([, pid]) => pids.has(Number(pid))).map(([, pid]) => pid),
      [],
    );
    const net = `--net=/run/netns/k8s-test-${NAME}`;
    const inside = await run("nsenter", [net, "ss", "-Hltnu"]);
    for (const port of Object.values(PORTS)) {
      const listeners = inside.match(new RegExp(`\\S+:${String(port)} `, "g")) ?? [];
      assert.deepEqual([...new Set(listeners)], [`10.200.0.2:${String(port)} `]);
    }
  });

  it("is known to whoever comes later, and kept from whoever wants a node without it", async () => {
    const { target } = await runningPlace(NAME, STACK, say);
    assert.deepEqual(target.edge, edge);
    assert.deepEqual(await readEdge(NAME), edge);
    assert.equal(await readEdge("another"), undefined);
    const without = { name: NAME, install: true, say, edge: false, tier: "auto" } as const;
    await assert.rejects(sandboxPlace(without), /runs already .* without an edge is asked for\./);
  });

  it("tells the new root of an ACME server that was started again", async () => {
    const before = await readFile(edge.rootPath, "utf8");
    await restartComponent(NAME, "pebble");
    await saveRootAgain(NAME);
    const root = new X509Certificate(await readFile(edge.rootPath));
    assert.match(root.subject, /Pebble Root CA/);
    assert.ok(!isSame(root, new X509Certificate(before)));
  });

  it("leaves nothing behind", async () => {
    assert.ok(await stopCluster({ name: NAME }));
    assert.deepEqual(await machineListing(state.path(), NAME), untouched);
    assert.equal(await readEdge(NAME), undefined);
  });
});

function isSame(one: X509Certificate, other: X509Certificate): boolean {
  return one.fingerprint256 === other.fingerprint256;
}
