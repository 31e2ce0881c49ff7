import { strict as assert } from "node:assert";

import {
  challengeSchema,
  conditionOf,
  isForCertificate,
  issuerSchema,
  ownedBy,
  requestOf,
  requestSchema,
  warningOf,
  type CertificateObjects,
} from "../../../../components/home/certificate/objects";
import { issuer, ISSUED, objectsOf, request, warning } from "../../../support/certManager";

const EMPTY = objectsOf({});

/** Requests for certificates, by name, certificate, revision and time. */
function requests(...rows: [string, string, string, string][]): CertificateObjects {
  const all = rows.map(([name, certificate, revision, creationTimestamp]) =>
    requestSchema.parse({
      metadata: {
        name,
        uid: name,
        creationTimestamp,
        annotations: {
          "cert-manager.io/certificate-name": certificate,
          "cert-manager.io/certificate-revision": revision,
        },
      },
    }),
  );
  return { ...EMPTY, requests: all };
}

describe("the schemas", () => {
  it("take an object to which nobody has given a status yet", () => {
    assert.deepEqual(issuerSchema.parse({ metadata: { name: "a" } }).status.conditions, []);
  });

  it("keep no more than is looked at: no certificate, and no key", () => {
    const raw = request("Pending", "");
    const parsed = requestSchema.parse({ ...raw, spec: { request: "LS0t" } });
    assert.doesNotMatch(JSON.stringify(parsed), /LS0t/);
  });
});

describe("isForCertificate", () => {
  const isFor = (name: string, certificateName: string): boolean => {
    const made = { metadata: { name }, spec: { dnsName: "a.example.com" } };
    return isForCertificate(challengeSchema.parse(made), certificateName);
  };

  it("knows a challenge by the certificate's name and the three numbers behind it", () => {
    assert.ok(isFor("httpbin-tls-12-3316527148-1021443205", "httpbin-tls"));
    assert.ok(isFor("httpbin-1-1-3316527148-1021443205", "httpbin-1"));
  });

  it("takes no other certificate's for it, whose name begins or ends alike", () => {
    assert.ok(!isFor("httpbin-tls-2-1-3316527148-1021443205", "httpbin-tls"));
    assert.ok(!isFor("my-httpbin-tls-1-3316527148-1021443205", "httpbin-tls"));
    assert.ok(!isFor("httpbin-tls-1-3316527148-1021443205", "httpbin-tl"));
  });
});

describe("conditionOf", () => {
  const changed = { type: "Ready", status: "True", observedGeneration: 1 };

  it("is the condition of a type", () => {
    const parsed = issuerSchema.parse(issuer());
    assert.equal(conditionOf(parsed, "Ready")?.status, "True");
    assert.equal(conditionOf(parsed, "Issuing"), undefined);
  });

  it("is none where the object has been changed since", () => {
    const object = { metadata: { name: "a", generation: 2 }, status: { conditions: [changed] } };
    assert.equal(conditionOf(issuerSchema.parse(object), "Ready"), undefined);
  });

  it("takes a condition that does not say of which generation it is", () => {
    const old = { type: "Ready", status: "True" };
    const object = { metadata: { name: "a", generation: 2 }, status: { conditions: [old] } };
    assert.equal(conditionOf(issuerSchema.parse(object), "Ready")?.status, "True");
  });
});

describe("requestOf", () => {
  it("is the request of the highest revision, as a number, for this certificate", () => {
    const objects = requests(
      ["nine", "httpbin-tls", "9", "2026-11-29T00:00:05Z"],
      ["ten", "httpbin-tls", "10", "2026-11-29T00:00:01Z"],
      ["other", "other-tls", "11", "2026-11-29T00:00:09Z"],
    );
    assert.equal(requestOf(objects, "httpbin-tls")?.metadata.name, "ten");
    assert.equal(requestOf(objects, "none"), undefined);
  });

  it("is the newest where two are of one revision", () => {
    const objects = requests(
      ["old", "httpbin-tls", "1", "2026-11-29T00:00:01Z"],
      ["new", "httpbin-tls", "1", "2026-11-29T00:00:02Z"],
    );
    assert.equal(requestOf(objects, "httpbin-tls")?.metadata.name, "new");
  });
});

describe("ownedBy", () => {
  const owned = (name: string, owner: string, creationTimestamp: string): unknown => ({
    metadata: { name, uid: name, creationTimestamp, ownerReferences: [{ uid: owner }] },
  });
  const all = [
    owned("a", "x", "2026-11-29T00:00:01Z"),
    owned("b", "y", "2026-11-29T00:00:02Z"),
    owned("c", "x", "2026-11-29T00:00:03Z"),
  ].map((each) => requestSchema.parse(each));
  const owner = issuerSchema.parse({ metadata: { name: "x", uid: "x" } });

  it("are those of one owner, the newest first", () => {
    assert.deepEqual(
      ownedBy(all, owner).map(({ metadata }) => metadata.name),
      ["c", "a"],
    );
  });

  it("are none where there is no owner", () => {
    assert.deepEqual(ownedBy(all, undefined), []);
  });
});

describe("warningOf", () => {
  const about = objectsOf(ISSUED).certificate;
  const of = (...events: ReturnType<typeof warning>[]): string | undefined =>
    warningOf(objectsOf({ events }), about);

  it("is the last warning about an object, whichever of its times an event has", () => {
    const first = warning("certificate", "A", "first", { lastTimestamp: "2026-11-29T00:00:01Z" });
    const later = warning("certificate", "A", "later", {
      lastTimestamp: null,
      eventTime: "2026-11-29T00:00:02.000000Z",
    });
    const last = warning("certificate", "A", "last", {
      lastTimestamp: null,
      metadata: { creationTimestamp: "2026-11-29T00:00:03Z" },
    });
    assert.equal(of(first, later), "later");
    assert.equal(of(last, later, first), "last");
  });

  it("is none of what is normal, or about another object", () => {
    const normal = warning("certificate", "A", "all is well", { type: "Normal" });
    assert.equal(of(normal, warning("order", "A", "of an order")), undefined);
  });
});
