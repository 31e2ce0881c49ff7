import { strict as assert } from "node:assert";

import { orderTrouble } from "../../../../components/home/certificate/orderTrouble";
import type { Trouble } from "../../../../components/home/certificate/trouble";
import {
  challenge,
  issuer,
  NAMES,
  objectsOf,
  ON_ITS_WAY,
  order,
  PLACE,
  warning,
  type Cluster,
} from "../../../support/certManager";

const KUBECTL = "kubectl --namespace web describe";

function troubleIn(cluster: Cluster): Trouble | undefined {
  const objects = objectsOf({ ...ON_ITS_WAY, ...cluster });
  return orderTrouble(objects.requests[0], objects, PLACE);
}

describe("orderTrouble", () => {
  it("is what the DNS provider answered, in a challenge whose record is not written", () => {
    const trouble = troubleIn({
      challenges: [challenge({ reason: "DNS update failed: dns: bad authentication" })],
    });
    assert.deepEqual(trouble, {
      is: "the DNS server refuses the TSIG key, or is not the zone's primary server",
      seen: `Challenge ${NAMES.challenge}: DNS update failed: dns: bad authentication`,
      mend: "give the key as the server has it: pulumi config set --secret dnsToken; its name and algorithm: home.dns.rfc2136.tsigKeyName, home.dns.rfc2136.tsigAlgorithm",
      look: `${KUBECTL} challenge ${NAMES.challenge}`,
    });
  });

  it("is read from the event where the status has only a placeholder", () => {
    const reason =
      "failed to change Route 53 record set: operation error Route 53: ChangeResourceRecordSets, <redacted AWS SDK error: http.ResponseError: see events and logs for details>";
    const event =
      "Error presenting challenge: operation error Route 53: api error AccessDenied: not authorized to perform: route53:ChangeResourceRecordSets";
    const challenges = [challenge({ reason })];
    const events = [warning("challenge", "PresentError", event)];
    const trouble = troubleIn({ challenges, events });
    assert.equal(trouble?.is, "the IAM user may not change the zone's TXT records");
    assert.equal(trouble.seen, `Challenge ${NAMES.challenge}: ${event}`);
    // Events are kept for an hour only.
    assert.equal(troubleIn({ challenges })?.is, "Route 53 does not take the record");
  });

  it("is usual as long as the record is written and only not seen yet", () => {
    const waiting = (said: string): Trouble | undefined =>
      troubleIn({
        challenges: [
          challenge({
            presented: true,
            reason: `Waiting for DNS-01 challenge propagation: ${said}`,
          }),
        ],
      });
    const unseen = waiting('DNS record for "httpbin.example.com" not yet propagated');
    assert.match(unseen?.is ?? "", /^the record is written, and the resolvers/);
    assert.equal(unseen?.isUsual, true);
    const silent = waiting("dial tcp 1.1.1.1:443: i/o timeout");
    assert.match(silent?.is ?? "", /^the resolvers .* do not answer$/);
    assert.equal(silent?.isUsual, false);
  });

  it("is what the ACME server found, in a challenge that has failed", () => {
    const trouble = troubleIn({
      challenges: [
        challenge({
          state: "invalid",
          presented: true,
          reason:
            "Error accepting authorization: acme: authorization error for httpbin.example.com: 403 urn:ietf:params:acme:error:unauthorized: No TXT record found",
        }),
      ],
      order: order({ state: "invalid", url: "https://acme/order/1" }),
    });
    assert.equal(trouble?.is, "the ACME server itself did not find the record");
    assert.equal(trouble.isUsual, undefined);
  });

  it("is a challenge that cannot take its record away, and so lets no other begin", () => {
    const trouble = troubleIn({
      challenges: [
        challenge(
          { reason: "Error cleaning up challenge: DNS update failed: dns: bad authentication" },
          { deletionTimestamp: "2026-11-29T00:01:00Z" },
        ),
      ],
    });
    assert.match(trouble?.is ?? "", /^an earlier challenge cannot take its record away/);
    assert.match(
      trouble?.mend ?? "",
      /patch challenge httpbin-tls-1-3316527148-1021443205 --type merge --patch '\{"metadata":\{"finalizers":null\}\}'$/,
    );
  });

  it("is that of an earlier order's challenge for the same name, and of no other", () => {
    const own = challenge({ state: "", processing: false }, { name: "own" });
    const earlier = {
      ownerReferences: [{ uid: "an earlier order" }],
      deletionTimestamp: "2026-11-29T00:01:00Z",
    };
    const left = challenge({ reason: "Error cleaning up challenge" }, earlier);
    assert.match(troubleIn({ challenges: [own, left] })?.is ?? "", /^an earlier challenge cannot/);
    const other = { ...left, spec: { dnsName: "other.example.com" } };
    assert.equal(troubleIn({ challenges: [own, other] }), undefined);
  });

  it("is none of challenges that are on their way, or done", () => {
    assert.equal(troubleIn({ challenges: [challenge({})] }), undefined);
    const valid = challenge({ state: "valid", reason: "Successfully authorized domain" });
    assert.equal(troubleIn({ challenges: [valid] }), undefined);
  });

  it("is what the ACME server answered to the order", () => {
    const reason = "Failed to create Order: 429 urn:ietf:params:acme:error:rateLimited: too many";
    const trouble = troubleIn({ order: order({ state: "errored", reason }) });
    assert.equal(trouble?.is, "the ACME server's rate limit is reached");
    assert.equal(trouble.look, `${KUBECTL} order ${NAMES.order}`);
  });

  it("is the state of an order that has failed without a word", () => {
    const trouble = troubleIn({ order: order({ state: "invalid", url: "https://acme/order/1" }) });
    assert.equal(trouble?.seen, `Order ${NAMES.order}: it is invalid`);
  });

  it("is the zone, where no solver is for the host", () => {
    const message =
      "Failed to determine a valid solver configuration for the set of domains on the Order: no configured challenge solvers can be used for this challenge";
    const trouble = troubleIn({ events: [warning("order", "Solver", message)] });
    assert.deepEqual(trouble, {
      is: "httpbin.example.com is in none of the zones that the issuer writes records in",
      seen: `Order ${NAMES.order}: ${message}`,
      mend: "pulumi config set --path home.dns.zone ZONE",
      look: `${KUBECTL} order ${NAMES.order}`,
    });
  });

  it("is an order that is not placed yet", () => {
    const server = "https://acme.example.com/directory";
    const own = { ...issuer(), spec: { acme: { server } } };
    const trouble = troubleIn({ order: order({}), issuer: own });
    assert.deepEqual(trouble, {
      is: `the order is not placed yet: the ACME server at ${server} does not answer, or takes its time`,
      mend: "see that it runs, and that cert-manager's pods reach it; then run pulumi up",
      look: "kubectl --namespace cert-manager logs deployment/cert-manager --tail 20",
      isUsual: true,
    });
    const unseen = troubleIn({ order: order({}), issuer: undefined });
    assert.match(unseen?.is ?? "", /: the ACME server does not answer/);
  });

  it("is none of an order on its way, and none without an order", () => {
    assert.equal(troubleIn({}), undefined);
    assert.equal(troubleIn({ order: undefined }), undefined);
  });

  it("is not that of another request's order", () => {
    const failed = order({ state: "errored", reason: "no" });
    const other = {
      ...failed,
      metadata: { name: "o", uid: "o", ownerReferences: [{ uid: "another" }] },
    };
    assert.equal(troubleIn({ order: other }), undefined);
  });
});
