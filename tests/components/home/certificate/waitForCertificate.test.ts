import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { ApiTrouble, type CertificateApi } from "../../../../components/home/certificate/api";
import {
  waitForCertificate,
  type CertificateWaitArgs,
} from "../../../../components/home/certificate/waitForCertificate";
import {
  certificate,
  challenge,
  condition,
  issuer,
  ISSUED,
  NAMES,
  objectsOf,
  ON_ITS_WAY,
  order,
  PLACE,
  type Cluster,
} from "../../../support/certManager";

/** More than any machine needs for what is done here. */
const LONG = 3600;

const UNAUTHORIZED: Cluster = {
  ...ON_ITS_WAY,
  challenges: [challenge({ reason: "DNS update failed: dns: bad authentication" })],
};
const UNSEEN: Cluster = {
  ...ON_ITS_WAY,
  challenges: [
    challenge({
      presented: true,
      reason:
        'Waiting for DNS-01 challenge propagation: DNS record for "httpbin.example.com" not yet propagated',
    }),
  ],
};

/** A Certificate that cert-manager has just failed to get, so that it pauses for an hour. */
const PAUSED: Cluster = {
  ...ON_ITS_WAY,
  certificate: certificate({
    conditions: [condition("Ready", "False"), condition("Issuing", "False", "Failed")],
    lastFailureTime: new Date(Date.now() + 1000).toISOString(),
  }),
  order: order({ state: "errored", reason: "urn:ietf:params:acme:error:accountDoesNotExist: no" }),
};

describe("waitForCertificate", () => {
  const said: string[] = [];
  const done: string[] = [];
  beforeEach(() => {
    said.splice(0);
    done.splice(0);
  });

  /** An API that gives one answer after the other, and the last one for good. */
  function answers(...each: (Cluster | Error)[]): CertificateApi & { looks: number } {
    const rest = [...each];
    return {
      looks: 0,
      read() {
        this.looks += 1;
        const next = rest.length > 1 ? rest.shift() : rest[0];
        if (next instanceof Error) return Promise.reject(next);
        return Promise.resolve(objectsOf(next ?? {}));
      },
      forgetFailure: () => Promise.resolve(void done.push("forget")),
      touch: (_plural, name) => Promise.resolve(void done.push(name)),
      releaseChallenge: (name) => Promise.resolve(void done.push(`release ${name}`)),
    };
  }

  const wait = (api: CertificateApi, changes: Partial<CertificateWaitArgs> = {}): Promise<void> =>
    waitForCertificate({
      place: PLACE,
      waitSeconds: LONG,
      patienceSeconds: LONG,
      intervalSeconds: 0,
      api,
      log: {
        info: (message) => said.push(`info: ${message}`),
        warn: (message) => said.push(`warn: ${message}`),
      },
      ...changes,
    });

  it("is over with the first look where the certificate is there, and says nothing", async () => {
    const api = answers(ISSUED);
    await wait(api, { waitSeconds: 0 });
    assert.equal(api.looks, 1);
    assert.deepEqual([said, done], [[], []]);
  });

  it("looks until the certificate is there", async () => {
    const api = answers({}, ON_ITS_WAY, UNSEEN, ISSUED);
    await wait(api);
    assert.equal(api.looks, 4);
    assert.deepEqual(said, []);
  });

  it("fails when the time is over, with what is missing and why, and with nothing but that", async () => {
    await assert.rejects(wait(answers(UNAUTHORIZED), { waitSeconds: 0 }), (error: unknown) => {
      assert.ok(pulumi.RunError.isInstance(error));
      assert.deepEqual(error.message.split("\n"), [
        "No certificate for https://httpbin.example.com after 0 s.",
        "  cause: the DNS server refuses the TSIG key, or is not the zone's primary server",
        `  seen:  Challenge ${NAMES.challenge}: DNS update failed: dns: bad authentication`,
        "  mend:  give the key as the server has it: pulumi config set --secret dnsToken; its name and algorithm: home.dns.rfc2136.tsigKeyName, home.dns.rfc2136.tsigAlgorithm",
        `  look:  kubectl --namespace web describe challenge ${NAMES.challenge}`,
      ]);
      assert.equal(error.stack, error.message);
      return true;
    });
  });

  it("says once what it waits for, and anew when that is something else", async () => {
    const again = [UNAUTHORIZED, UNAUTHORIZED, UNSEEN, UNSEEN, ISSUED];
    await wait(answers(...again), { patienceSeconds: 0 });
    const [, ...notices] = said.map((text) => text.split("\n").slice(0, 2).join("\n"));
    assert.equal(notices.length, 2);
    assert.match(
      notices[0] ?? "",
      /^warn: Waiting for the certificate of https:\/\/httpbin\.example\.com, \d+ s more at most\.\n {2}cause: the DNS server refuses the TSIG key/,
    );
    // What is usual is no warning.
    assert.match(notices[1] ?? "", /^info: Waiting .*\n {2}cause: the record is written, and/);
  });

  it("has cert-manager try again, once, what it would only try later", async () => {
    await wait(answers(UNAUTHORIZED, UNAUTHORIZED, ISSUED));
    assert.deepEqual(done, [NAMES.challenge]);
    assert.deepEqual(said, [`info: cert-manager now tries challenge ${NAMES.challenge} again.`]);
  });

  it("has what an earlier DNS provider left behind make way, whenever that is seen", async () => {
    const left = challenge(
      { reason: "Error cleaning up challenge: no" },
      { deletionTimestamp: "2026-11-29T00:01:00Z" },
    );
    const blocked = { ...ON_ITS_WAY, challenges: [challenge({}, { name: "next" }), left] };
    await wait(answers(ON_ITS_WAY, ON_ITS_WAY, blocked, ISSUED));
    assert.deepEqual(done, [`release ${NAMES.challenge}`]);
    assert.match(said.join(), /^info: Challenge .* is let go/);
  });

  it("lets a challenge for a host of before go also where the certificate is there", async () => {
    const left = {
      ...challenge(
        { reason: "Error cleaning up challenge: no" },
        { deletionTimestamp: "2026-11-29T00:01:00Z" },
      ),
      spec: { dnsName: "before.example.com" },
    };
    await wait(answers({ ...ISSUED, challenges: [left] }));
    assert.deepEqual(done, [`release ${NAMES.challenge}`]);
  });

  it("has nothing tried again where a certificate is there, and only warns", async () => {
    const renewing = certificate({
      conditions: [condition("Ready", "True")],
      lastFailureTime: "2026-11-29T10:00:00Z",
    });
    await wait(answers({ ...ISSUED, certificate: renewing }));
    assert.deepEqual(done, []);
    assert.match(said.join(), /^warn: The certificate .* is good until .*; renewing it has failed/);
  });

  it("does not fail for an issuer that nobody looks at, where the certificate is there", async () => {
    const unseen = issuer({ ...condition("Ready", "True"), observedGeneration: 0 });
    const api = answers({ ...ISSUED, issuer: unseen });
    await wait(api, { waitSeconds: 0.05 });
    assert.ok(api.looks > 1);
    assert.deepEqual(done, []);
  });

  it("fails early where cert-manager does not try again within the time", async () => {
    const api = answers(PAUSED);
    await assert.rejects(wait(api, { waitSeconds: LONG / 2, patienceSeconds: 0 }), {
      message:
        /^No certificate for .* after 0 s\.\n {2}cause: the ACME server does not know the account[^]*\n {2}again: cert-manager tries again at /,
    });
    assert.equal(api.looks, 1);
    const some = { waitSeconds: LONG / 2, patienceSeconds: 0.05 };
    await assert.rejects(wait(answers(PAUSED), some), { message: /^No certificate/ });
  });

  it("goes on where cert-manager does try again within the time", async () => {
    await wait(answers(PAUSED, PAUSED, ISSUED), { waitSeconds: 2 * LONG, patienceSeconds: 0 });
  });

  it("lets a pause that ends in time be one, however often it has been seen", async () => {
    // Seen as paused, then at work: what was hopeless is so no more.
    const api = answers(PAUSED, ON_ITS_WAY, PAUSED, ISSUED);
    await wait(api, { waitSeconds: LONG / 2, patienceSeconds: LONG });
    assert.equal(api.looks, 4);
  });

  it("goes on while the API does not answer, and says so in the end", async () => {
    const away = new ApiTrouble("away", "ECONNREFUSED");
    await wait(answers(away, ON_ITS_WAY, away, ISSUED));
    assert.deepEqual(said, []);
    await assert.rejects(wait(answers(away), { waitSeconds: 0 }), {
      message:
        /\n {2}cause: the cluster's API does not tell: ECONNREFUSED\n {2}mend: {2}see that the cluster runs/,
    });
  });

  it("fails early where cert-manager is not there at all", async () => {
    const missing = new ApiTrouble("missing", "the cluster has no certificates");
    await assert.rejects(wait(answers(missing), { patienceSeconds: 0 }), {
      message:
        /\n {2}cause: cert-manager is not installed: .*\n {2}mend: {2}pulumi config set --path home\.certManager\.install true\n/,
    });
  });

  it("warns, and does not fail, where it may not look", async () => {
    await wait(answers(new ApiTrouble("forbidden", "no")));
    assert.deepEqual(said, [
      "warn: Whether https://httpbin.example.com has its certificate is not known: the kubeconfig's user may not list certificates in namespace web. Let it, or have nobody wait: pulumi config set --path home.certificateWaitSeconds 0",
    ]);
  });

  it("hides no mistake of its own", async () => {
    await assert.rejects(wait(answers(new TypeError("a mistake"))), { message: "a mistake" });
  });
});
