import { strict as assert } from "node:assert";

import { again, isIssued, stateOf } from "../../../../components/home/certificate/state";
import {
  certificate,
  condition,
  issuer,
  ISSUED,
  objectsOf,
  ON_ITS_WAY,
  order,
  PLACE,
  request,
  type Cluster,
} from "../../../support/certManager";

const READY = condition("Ready", "True", "Ready", "Certificate is up to date");

describe("isIssued", () => {
  const isThere = (cluster: Cluster): boolean => isIssued(objectsOf(cluster), PLACE);
  const of = (status: object, spec: object = {}): Cluster => ({
    certificate: certificate(status as Record<string, unknown>, spec as Record<string, unknown>),
  });

  it("needs a Certificate that is Ready", () => {
    assert.equal(isThere(ISSUED), true);
    assert.equal(isThere(ON_ITS_WAY), false);
    assert.equal(isThere({}), false);
    assert.equal(isThere(of({})), false);
  });

  it("needs it to be Ready as it is now, not as it was before a change", () => {
    assert.equal(isThere(of({ conditions: [{ ...READY, observedGeneration: 0 }] })), false);
  });

  it("needs it to be of the issuer that the Ingress names, and for the host", () => {
    const conditions = [READY];
    assert.equal(isThere(of({ conditions }, { issuerRef: { name: "other" } })), false);
    assert.equal(isThere(of({ conditions }, { dnsNames: ["other.example.com"] })), false);
  });

  it("goes on being so while the certificate is renewed", () => {
    assert.equal(isThere(of({ conditions: [READY, condition("Issuing", "True")] })), true);
  });
});

describe("stateOf", () => {
  it("is there, and nothing to be warned of", () => {
    assert.deepEqual(stateOf(objectsOf(ISSUED), PLACE), { isThere: true, warnings: [] });
  });

  it("is not there, why, and when it is tried again", () => {
    const state = stateOf(objectsOf(ON_ITS_WAY), PLACE);
    assert.ok(!state.isThere);
    assert.equal(state.trouble.is, "the certificate is being asked for");
    assert.equal(state.pauseEnd, undefined);

    const failed = { lastFailureTime: "2026-11-29T10:00:00Z", conditions: [] };
    const paused = stateOf(objectsOf({ ...ON_ITS_WAY, certificate: certificate(failed) }), PLACE);
    assert.ok(!paused.isThere);
    assert.equal(paused.pauseEnd, Date.parse("2026-11-29T11:00:00Z"));
  });

  it("waits for cert-manager to look at an issuer that has just been changed", () => {
    const changed = issuer({ ...condition("Ready", "True"), observedGeneration: 0 });
    const state = stateOf(objectsOf({ ...ISSUED, issuer: changed }), PLACE);
    assert.ok(!state.isThere);
    assert.deepEqual([state.isServed, state.trouble.isUsual], [true, true]);
  });

  it("warns of an issuer by which a good certificate cannot be renewed", () => {
    const message = "Failed to register ACME account: dial tcp: connection refused";
    const refused = issuer(condition("Ready", "False", "ErrRegisterACMEAccount", message));
    const state = stateOf(objectsOf({ ...ISSUED, issuer: refused }), PLACE);
    assert.ok(state.isThere);
    assert.deepEqual(
      state.warnings.map((text) => text.split("\n").slice(0, 2)),
      [
        [
          "The certificate of https://httpbin.example.com is good, and cannot be renewed as it is.",
          "  cause: cert-manager does not reach the ACME server",
        ],
      ],
    );
  });

  it("warns of a renewal that has failed, until when the certificate is good, and why", () => {
    const renewing = certificate({
      conditions: [READY],
      notAfter: "2026-12-20T00:00:00Z",
      lastFailureTime: "2026-11-29T10:00:00Z",
    });
    const state = stateOf(
      objectsOf({
        ...ISSUED,
        certificate: renewing,
        request: request("Failed", "Failed to wait for order"),
        order: order({
          state: "errored",
          reason: "urn:ietf:params:acme:error:accountDoesNotExist",
        }),
      }),
      PLACE,
    );
    assert.ok(state.isThere);
    const [warning = "", ...others] = state.warnings;
    assert.deepEqual(others, []);
    assert.match(
      warning,
      /^The certificate of https:\/\/httpbin\.example\.com is good until 2026-12-20T00:00:00Z; renewing it has failed\.\n {2}cause: the ACME server does not know the account/,
    );
    assert.match(warning, /\n {2}again: cert-manager tries again at 2026-11-29T11:00:00Z;/);
  });
});

describe("again", () => {
  it("says when, and how it is tried at once", () => {
    assert.equal(
      again(PLACE, Date.parse("2026-11-29T11:00:00.123Z")),
      `cert-manager tries again at 2026-11-29T11:00:00Z; the next pulumi up has it try at once, and so does: kubectl --namespace web patch certificate httpbin-tls --subresource status --type merge --patch '{"status":{"lastFailureTime":null}}'`,
    );
    assert.equal(again(PLACE, undefined), undefined);
  });

  it("does not lead to trying at once what the ACME server has wait", () => {
    const reason = "429 urn:ietf:params:acme:error:rateLimited: too many";
    const paused = certificate({ lastFailureTime: "2026-11-29T10:00:00Z", conditions: [] });
    const limited = {
      ...ON_ITS_WAY,
      certificate: paused,
      order: order({ state: "errored", reason }),
    };
    const state = stateOf(objectsOf(limited), PLACE);
    assert.ok(!state.isThere);
    assert.equal(
      again(PLACE, state.pauseEnd, state.isLimited),
      "cert-manager tries again at 2026-11-29T11:00:00Z; a pulumi up once the limit is over has it try at once",
    );
  });
});
