import { strict as assert } from "node:assert";

import { reasonsOf } from "../../../sandbox/stack/app";

describe("why there is no certificate", () => {
  const notReady = { type: "Ready", status: "False", message: "Issuing certificate" };

  it("is told by the challenge, and by what waits for it", () => {
    const reasons = reasonsOf([
      { kind: "Challenge", status: { reason: "DNS update failed: dns: bad authentication" } },
      { kind: "Order", status: {} },
      { kind: "Certificate", status: { conditions: [notReady] } },
    ]);
    assert.deepEqual(reasons, [
      "Challenge: DNS update failed: dns: bad authentication",
      "Certificate: Issuing certificate",
    ]);
  });

  it("is nothing where it is there, or nobody has looked yet", () => {
    const ready = { type: "Ready", status: "True", message: "Certificate is up to date" };
    const items = [{ kind: "Certificate", status: { conditions: [ready] } }, { kind: "Order" }];
    assert.deepEqual(reasonsOf(items), []);
  });
});
