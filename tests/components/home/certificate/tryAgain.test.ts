import { strict as assert } from "node:assert";

import { ApiTrouble, type CertificateApi } from "../../../../components/home/certificate/api";
import { makeWay, pauseEnd, tryAgain } from "../../../../components/home/certificate/tryAgain";
import {
  certificate,
  challenge,
  condition,
  NAMES,
  objectsOf,
  ON_ITS_WAY,
  issuer,
  order,
  PLACE,
  type Cluster,
} from "../../../support/certManager";

const FAILED_AT = "2026-11-29T10:00:00Z";

/** A Certificate that cert-manager has failed to get, and pauses with. */
function paused(status: object = {}): Record<string, unknown> {
  return certificate({
    conditions: [condition("Ready", "False"), condition("Issuing", "False", "Failed")],
    lastFailureTime: FAILED_AT,
    ...status,
  });
}

describe("pauseEnd", () => {
  const end = (status: object = {}): string | undefined => {
    const time = pauseEnd(objectsOf({ certificate: paused(status) }));
    return time === undefined ? undefined : new Date(time).toISOString();
  };

  it("is an hour after the first failure, and twice as long after each that follows", () => {
    assert.equal(end(), "2026-11-29T11:00:00.000Z");
    assert.equal(end({ failedIssuanceAttempts: 1 }), "2026-11-29T11:00:00.000Z");
    assert.equal(end({ failedIssuanceAttempts: 3 }), "2026-11-29T14:00:00.000Z");
  });

  it("is 32 hours after a failure at most", () => {
    assert.equal(end({ failedIssuanceAttempts: 40 }), "2026-11-30T18:00:00.000Z");
  });

  it("is none where nothing has failed, or cert-manager is at work again", () => {
    assert.equal(end({ lastFailureTime: undefined }), undefined);
    assert.equal(end({ conditions: [condition("Issuing", "True")] }), undefined);
    assert.equal(pauseEnd(objectsOf({})), undefined);
  });
});

/** What is done to a cluster, and what is said of it. */
async function doneTo(
  cluster: Cluster,
  refusal?: Error,
  help = tryAgain,
  ownsIssuer = true,
): Promise<{ calls: string[]; said: string[] }> {
  const calls: string[] = [];
  const call = (name: string): Promise<void> => {
    calls.push(name);
    return refusal === undefined ? Promise.resolve() : Promise.reject(refusal);
  };
  const api: CertificateApi = {
    read: () => Promise.reject(new Error("not read here")),
    forgetFailure: () => call("forget"),
    touch: (plural, name) => call(`touch ${plural} ${name}`),
    releaseChallenge: (name) => call(`release ${name}`),
  };
  const objects = objectsOf({ ...ON_ITS_WAY, ...cluster });
  return { calls, said: await help(objects, { ...PLACE, ownsIssuer }, api) };
}

describe("tryAgain", () => {
  const unauthorized = challenge({ reason: "DNS update failed: dns: bad authentication" });

  it("ends the pause of a Certificate", async () => {
    const { calls, said } = await doneTo({ certificate: paused() });
    assert.deepEqual(calls, ["forget"]);
    assert.deepEqual(said, [
      "cert-manager had given up for a while; it now tries again to get httpbin-tls.",
    ]);
  });

  it("has a challenge tried again that could not write its record, or take it away", async () => {
    const failing = { presented: true, reason: "Error cleaning up" };
    const leaving = challenge(failing, { deletionTimestamp: FAILED_AT });
    for (const held of [unauthorized, leaving]) {
      const { calls, said } = await doneTo({ challenges: [held] });
      assert.deepEqual(calls, [`touch challenges ${NAMES.challenge}`]);
      assert.deepEqual(said, [`cert-manager now tries challenge ${NAMES.challenge} again.`]);
    }
  });

  it("has one of an earlier order tried again, which is in the way of the next for its name", async () => {
    const metadata = { name: "earlier", deletionTimestamp: FAILED_AT, ownerReferences: [] };
    const earlier = challenge({ reason: "Error cleaning up" }, metadata);
    const other = { ...earlier, spec: { dnsName: "other.example.com" } };
    const own = challenge({ state: "", processing: false });
    assert.deepEqual((await doneTo({ challenges: [own, earlier] })).calls, [
      "touch challenges earlier",
    ]);
    assert.deepEqual((await doneTo({ challenges: [own, other] })).calls, []);
  });

  it("has an order of before placed, which the ACME server has not taken, and not a new one", async () => {
    const { calls, said } = await doneTo({ order: order({}) });
    assert.deepEqual(calls, [`touch orders ${NAMES.order}`]);
    assert.deepEqual(said, [`cert-manager now tries again to place order ${NAMES.order}.`]);
    const made = { creationTimestamp: new Date().toISOString() };
    const fresh = order({});
    const metadata = { ...(fresh["metadata"] as object), ...made };
    assert.deepEqual((await doneTo({ order: { ...fresh, metadata } })).calls, []);
  });

  it("has an issuer of the stack's own tried again that is not ready, and nobody else's", async () => {
    const cluster = { issuer: issuer(condition("Ready", "False", "ErrRegisterACMEAccount", "no")) };
    const { calls, said } = await doneTo(cluster);
    assert.deepEqual(calls, ["touch clusterissuers letsencrypt-staging"]);
    assert.deepEqual(said, [
      "cert-manager now tries again to use ClusterIssuer letsencrypt-staging.",
    ]);
    assert.deepEqual((await doneTo(cluster, undefined, tryAgain, false)).calls, []);
  });

  it("leaves alone what is on its way, or over", async () => {
    const challenges = [
      challenge({}),
      challenge({ presented: true, reason: "Waiting for DNS-01 challenge propagation: not yet" }),
      challenge({ state: "invalid", reason: "no" }),
    ];
    assert.deepEqual((await doneTo({ challenges })).calls, []);
  });

  it("leaves a pause alone that the ACME server has asked for", async () => {
    const limited = (time: string): Cluster => ({
      certificate: paused(),
      order: order({
        state: "errored",
        reason: `429 urn:ietf:params:acme:error:rateLimited: too many${time}: see https://letsencrypt.org/docs/rate-limits/`,
      }),
    });
    assert.deepEqual((await doneTo(limited(""))).calls, []);
    assert.deepEqual((await doneTo(limited(", retry after 2999-01-01 00:00:00 UTC"))).calls, []);
    const over = limited(", retry after 2020-01-01 00:00:00 UTC");
    assert.deepEqual((await doneTo(over)).calls, ["forget"]);
  });

  it("says nothing of what it may not do", async () => {
    const cluster = { certificate: paused(), challenges: [unauthorized] };
    const { calls, said } = await doneTo(cluster, new ApiTrouble("forbidden", "no"));
    assert.equal(calls.length, 2);
    assert.deepEqual(said, []);
    await assert.rejects(doneTo(cluster, new Error("a mistake")), { message: "a mistake" });
  });
});

describe("makeWay", () => {
  const next = challenge({ processing: false }, { name: "next", uid: "next" });
  const left = (status: object = {}): Record<string, unknown> =>
    challenge(
      { reason: "Error cleaning up challenge: DNS update failed", ...status },
      { deletionTimestamp: FAILED_AT },
    );
  const doneFor = async (...challenges: Record<string, unknown>[]): Promise<string[]> =>
    (await doneTo({ challenges }, undefined, makeWay)).calls;

  it("lets a challenge go that never wrote its record and blocks the next one", async () => {
    const { calls, said } = await doneTo({ challenges: [next, left()] }, undefined, makeWay);
    assert.deepEqual(calls, [`release ${NAMES.challenge}`]);
    assert.deepEqual(said, [
      `Challenge ${NAMES.challenge} is let go: it never wrote its record, and cannot take it away.`,
    ]);
  });

  it("lets one of an earlier order go for the same name, and for no other", async () => {
    const metadata = { name: "earlier", deletionTimestamp: FAILED_AT, ownerReferences: [] };
    const earlier = challenge({ reason: "Error cleaning up challenge" }, metadata);
    const other = { ...earlier, spec: { dnsName: "other.example.com" } };
    assert.deepEqual(await doneFor(next, earlier), ["release earlier"]);
    assert.deepEqual(await doneFor(next, other), []);
  });

  it("lets one of the certificate's go for a host of before, whether it blocks anything or not", async () => {
    const ofBefore = { ...left(), spec: { dnsName: "before.example.com" } };
    assert.deepEqual(await doneFor(next, ofBefore), [`release ${NAMES.challenge}`]);
    assert.deepEqual(await doneFor(ofBefore), [`release ${NAMES.challenge}`]);
    const named = { deletionTimestamp: FAILED_AT, name: "httpbin-tls-old-1-2-3" };
    const another = challenge({ reason: "Error cleaning up challenge" }, named);
    assert.deepEqual(
      await doneFor({ ...another, spec: ofBefore.spec }),
      [],
      "another certificate's",
    );
  });

  it("leaves one alone that has written its record, or is about to go by itself", async () => {
    assert.deepEqual(await doneFor(next, left({ presented: true })), []);
    assert.deepEqual(await doneFor(next, left({ reason: "" })), []);
  });

  it("leaves one alone of which nobody knows yet whether its record has been written by now", async () => {
    const tried = left({ reason: "DNS update failed: dns: bad authentication" });
    assert.deepEqual(await doneFor(next, tried), []);
  });

  it("leaves one alone that blocks nothing", async () => {
    assert.deepEqual(await doneFor(left()), []);
    assert.deepEqual(await doneFor(next), []);
  });
});
