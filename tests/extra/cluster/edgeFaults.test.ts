import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { run } from "../../../host/run";
import type { Edge } from "../../../sandbox/cluster/edge/edge";
import { saveRootAgain } from "../../../sandbox/cluster/edge/pebble";
import { killComponent, restartComponent } from "../../../sandbox/cluster/faults";
import { until } from "../../../sandbox/cluster/readiness";
import { stopCluster } from "../../../sandbox/cluster/stopCluster";
import type { ApiClient } from "../../../sandbox/providers/kubernetes/apiClient";
import { objectsAt, textAt, type Json } from "../../../sandbox/providers/skeleton/json";
import { askByHttps } from "../../../sandbox/stack/httpsAnswer";
import { sandboxPlace, type Place } from "../../../sandbox/stack/place";
import { ROOT } from "../../../sandbox/stack/projectFolder";
import { prepareStack } from "../../../sandbox/stack/upStack";
import { machineListing } from "../../cluster/machine";
import { acmeFront, timeOf, type AcmeBehind, type AcmeFront } from "../../support/acmeFront";
import { selfSigned } from "../../support/certificates";
import { clientOf } from "../../support/client";
import { HOME, HomeStack } from "../../support/homeStack";
import { cannotRunContainers } from "../../support/machine";
import { ownStateFolder } from "../../support/ownStateFolder";
import { everything, everythingAtFirst } from "../../support/providerSuite";
import { whileAsked } from "../../support/whileAsked";
import { zoneOf } from "../../support/zone";
import { skip } from "../../support/reporter";

const NAME = "edgefaults";
const HOST = "httpbin.home.test";
const SECOND = "second.home.test";
const atSecond = { "app.host": SECOND };
/** The machine's end of the link to the node. */
const MACHINE = "10.200.0.1";
const ISSUERS = "/apis/cert-manager.io/v1/clusterissuers";
const CHALLENGES = "/apis/acme.cert-manager.io/v1/namespaces/httpbin/challenges";
const INGRESS = "/apis/networking.k8s.io/v1/namespaces/httpbin/ingresses/httpbin";
/** Time that Traefik has to take a new certificate. */
const SWAP_MS = 4000;
/** Where an update is to fail: long enough for the reason to be there. */
const SHORT = { "home.certificateWaitSeconds": 20 };
/** Enough for cert-manager's own pause of 60 seconds. */
const LONG = { "home.certificateWaitSeconds": 110 };
const WRONG_TOKEN = "bm90IHRoZSBrZXkgb2YgdGhlIHpvbmUsIGJ1dCBhbm90aGVy";

describe("The stack home at a real edge with something wrong", () => {
  const state = ownStateFolder(NAME);
  const say = (): void => undefined;
  let untouched: Record<string, string[]>;
  let place: Place;
  let edge: Edge;
  let client: ApiClient;
  let stack: HomeStack;
  let front: AcmeFront | undefined;
  let atFirst: string[];
  let zoneAtFirst: string[];
  let wrongToken: Json;

  const proofs = async (): Promise<string[]> =>
    (await zoneOf(NAME)).filter((line) => line.includes("_acme-challenge"));
  const challengedNames = async (): Promise<string[]> =>
    objectsAt(await client.call({ path: CHALLENGES }), "items").map(
      (challenge) => textAt(challenge, "spec", "dnsName") ?? "",
    );
  const issuerIsReady = async (): Promise<string | undefined> => {
    const [issuer] = objectsAt(await client.call({ path: ISSUERS }), "items");
    return conditionOf(issuer, "Ready");
  };
  /** Serial number of the certificate with which a host is served, to whoever trusts the edge's root. */
  const serial = async (host: string): Promise<string> =>
    (await askByHttps(`https://${host}/uuid`, edge)).serial;
  const namedIssuer = async (): Promise<string | undefined> =>
    textAt(
      await client.call({ path: INGRESS }),
      "metadata",
      "annotations",
      "cert-manager.io/cluster-issuer",
    );
  /** That there is nothing of the stack, but for the keys of its accounts, which cert-manager made. */
  const expectGone = async (): Promise<void> => {
    assert.deepEqual(await zoneOf(NAME), zoneAtFirst);
    const left = (await everything(client)).filter((object) => !atFirst.includes(object));
    const isKey = /^\/api\/v1\/secrets cert-manager\/acme-[0-9a-f]{8}-account-key$/;
    assert.deepEqual(
      left.filter((object) => !isKey.test(object)),
      [],
    );
  };
  before(async function () {
    // A machine that has no tools yet builds them here.
    this.timeout("60m");
    const reason = cannotRunContainers();
    if (reason !== undefined) skip(this, reason);
    untouched = await machineListing(state.path(), NAME);
    place = await sandboxPlace({ name: NAME, tier: "node", edge: true, install: true, say });
    edge = place.target.edge ?? assert.fail("no edge");
    client = clientOf(place.target.kubeconfigPath);
    atFirst = await everythingAtFirst(client);
    zoneAtFirst = await zoneOf(NAME);
    await prepareStack(place, { stack: HOME, say });
    stack = await HomeStack.in(place);
    wrongToken = await stack.encrypted(WRONG_TOKEN);
  });
  after(() => front?.close());

  it("says which ClusterIssuer is not there", async () => {
    await stack.configure({
      ...SHORT,
      "home.clusterIssuer": "nobody",
      "home.acme": null,
      "home.dns": null,
      "home.certManager": null,
      dnsToken: null,
    });
    const { cause, mend } = await stack.failForCertificate();
    assert.equal(cause, "there is no ClusterIssuer nobody");
    assert.equal(mend, "pulumi config set --path home.clusterIssuer NAME");
  });

  it("says that the ACME server's CA is not trusted", async () => {
    const { certificate } = await selfSigned();
    await stack.configure({ ...SHORT, "home.acme.caBundle": certificate });
    const { cause, seen, mend } = await stack.failForCertificate();
    assert.match(cause, /does not trust the ACME server's own certificate/);
    assert.match(seen, /ClusterIssuer acme-[0-9a-f]{8}: .*certificate signed by unknown authority/);
    assert.match(mend, /pulumi config set --path home\.acme\.caBundle/);
  });

  it("passes on why Cloudflare is not reached: there is no way out of the sandbox", async () => {
    await stack.configure({
      ...SHORT,
      "home.dns.provider": "cloudflare",
      "home.dns.rfc2136": null,
      dnsToken: wrongToken,
    });
    const { cause, seen } = await stack.failForCertificate();
    assert.equal(await issuerIsReady(), "True");
    assert.match(cause, /does not reach Cloudflare's API/);
    assert.match(seen, /Challenge httpbin-tls-\S+: .*api\.cloudflare\.com/);
  });

  it("goes, once a challenge is let go that cannot take its record away, as the docs say", async () => {
    const docs = await readFile(join(ROOT, "docs", "home-cluster.md"), "utf8");
    const command = /^ {4}(kubectl -n httpbin get challenges .*)$/m.exec(docs)?.[1];
    const destroying = await stack.start("destroy", "--yes", "--skip-preview");
    const isHeld = async (): Promise<boolean> => {
      const challenges = objectsAt(await client.call({ path: CHALLENGES }), "items");
      return challenges.some((one) => textAt(one, "metadata", "deletionTimestamp") !== undefined);
    };
    await until("the challenge is to be deleted", isHeld, undefined, 60_000);
    await run("sh", ["-c", command ?? assert.fail("no command")], { env: place.engine.env });
    const { exitCode, all } = await destroying.result;
    assert.equal(exitCode, 0, all);
    await expectGone();
  });

  it("passes on why Route 53 is not reached: there is no way out of the sandbox", async () => {
    await stack.configure({
      ...SHORT,
      "home.dns.provider": "route53",
      "home.dns.rfc2136": null,
      "home.dns.route53": {
        region: "eu-central-1",
        hostedZoneId: "Z2ABCDEFGHIJKL",
        accessKeyId: "AKIAABCDEFGHIJKLMNOP",
      },
      dnsToken: wrongToken,
    });
    const { cause, seen } = await stack.failForCertificate();
    assert.equal(await issuerIsReady(), "True");
    assert.match(cause, /does not reach AWS' API of Route 53/);
    assert.match(seen, /Challenge httpbin-tls-\S+: .*amazonaws\.com/);
  });

  it("says that the DNS server does not serve the zone", async () => {
    await stack.configure({
      ...SHORT,
      "app.host": "httpbin.other.test",
      "home.dns.zone": "other.test",
    });
    const { cause, seen } = await stack.failForCertificate();
    assert.match(cause, /name servers that .* zone of the record do not tell it/);
    assert.match(
      seen,
      /SOA record for the domain '_acme-challenge\.httpbin\.other\.test\.'.*REFUSED/,
    );
  });

  it("says that the TSIG key is wrong, and goes on once it is right", async () => {
    await stack.configure({ ...SHORT, dnsToken: wrongToken });
    const { cause, seen, mend } = await stack.failForCertificate();
    assert.match(cause, /the DNS server refuses the TSIG key/);
    assert.match(seen, /DNS update failed: dns: bad authentication/);
    assert.match(mend, /pulumi config set --secret dnsToken/);
    assert.deepEqual(await proofs(), []);
    assert.deepEqual(await challengedNames(), [HOST], "one of the zone of before was not let go");
    await stack.configure(LONG);
    await stack.up();
    // The update had the challenge tried again: where that was in cert-manager's pause of a minute, the
    // record goes after another one.
    await until("the record is gone", async () => (await proofs()).length === 0, undefined, 90_000);
    assert.match(await serial(HOST), /^[0-9A-F]+$/);
  });

  it("says that the ACME server is away, then how to get over an account that it has lost", async () => {
    await killComponent(NAME, "pebble");
    await stack.configure({ ...SHORT, ...atSecond });
    const away = await stack.failForCertificate();
    assert.match(away.cause, /does not answer/);
    assert.ok(`${away.cause} ${away.seen}`.includes(edge.acme.directory), away.seen);
    await restartComponent(NAME, "pebble");
    await saveRootAgain(NAME);
    const lost = await stack.failForCertificate();
    assert.match(lost.cause, /does not know the account/);
    const [command = ""] = /kubectl [^;]* delete secret [\w-]+/.exec(lost.mend) ?? [];
    const { ok, all } = await place.engine.kubectl(command.split(" ").slice(1));
    assert.ok(ok, all);
    await stack.configure({ ...LONG, ...atSecond });
    await stack.up();
  });

  it("names a rate limit of another ACME server and its end, and does not take the old certificate for its", async () => {
    front = await acmeFront(MACHINE, edge.acme);
    // Not over before the update has failed: 15 seconds after the refusal, and a busy machine's start.
    front.limitedUntil = new Date(Date.now() + 50_000);
    const [before, issuer] = [await serial(SECOND), await namedIssuer()];
    await stack.configure({ ...SHORT, ...atSecond, ...serverOf(front) });
    const { cause, seen, again } = await stack.failForCertificate();
    assert.match(cause, /the ACME server's rate limit is reached/);
    assert.match(again, /a pulumi up once the limit is over has it try at once$/);
    assert.ok(seen.includes(timeOf(front.limitedUntil)), seen);
    assert.notEqual(await namedIssuer(), issuer);
    assert.equal(await serial(SECOND), before);
  });

  it("has another certificate within two minutes once the limit is over, and serves the old one until then", async () => {
    const { limitedUntil, ...other } = front ?? assert.fail("no other server");
    await sleep(Math.max(0, Number(limitedUntil) - Date.now()) + 1000);
    if (front !== undefined) front.limitedUntil = undefined;
    const before = await serial(SECOND);
    await stack.configure({ ...LONG, ...atSecond, ...serverOf(other) });
    const { result: output, seen } = await whileAsked(
      () => serial(SECOND),
      () => stack.up(),
      SWAP_MS,
    );
    assert.match(output, /cert-manager had given up for a while; it now tries again/);
    const after = await serial(SECOND);
    assert.notEqual(after, before);
    assert.deepEqual([...new Set(seen)], [before, after]);
  });

  it("goes without a trace in the middle of a challenge", async () => {
    await stack.configure(SHORT);
    await stack.failForCertificate();
    assert.equal((await proofs()).length, 1);
    await stack.succeed("destroy", "--yes", "--skip-preview");
    await expectGone();
  });

  it("leaves nothing behind", async () => {
    assert.ok(await stopCluster({ name: NAME }));
    assert.deepEqual(await machineListing(state.path(), NAME), untouched);
  });
});

function conditionOf(object: Json | undefined, type: string): string | undefined {
  const found = objectsAt(object, "status", "conditions").find(
    (one) => textAt(one, "type") === type,
  );
  return textAt(found, "status");
}

function serverOf({ directory, caBundle }: AcmeBehind): Record<string, string> {
  return { "home.acme.server": directory, "home.acme.caBundle": caBundle };
}
