import { strict as assert } from "node:assert";

import { inspectCertificate } from "../../settings/clientCertificate";
import { selfSigned } from "../support/certificates";

const NOW = new Date("2026-06-15T12:00:00Z");
const DAY_MS = 24 * 60 * 60 * 1000;

/** What is said of a client certificate that ends a number of days from now. */
async function endingIn(days: number): Promise<ReturnType<typeof inspectCertificate>> {
  const { certificate } = await selfSigned(new Date(NOW.getTime() + days * DAY_MS));
  return inspectCertificate(certificate, NOW);
}

describe("inspectCertificate", () => {
  it("says nothing of a client certificate that is good for 14 days or more", async () => {
    assert.deepEqual(await endingIn(14), { problems: [], warnings: [] });
  });

  it("warns of a client certificate that ends within 14 days", async () => {
    assert.deepEqual(await endingIn(13.9), {
      problems: [],
      warnings: [
        {
          given: "a client certificate that expires on 2026-06-29",
          allowed: "a client certificate that is valid",
          first: "sudo systemctl restart k3s on the node, which renews it",
        },
      ],
    });
  });

  it("refuses a client certificate that has ended", async () => {
    const { problems, warnings } = await endingIn(-0.1);
    assert.deepEqual(warnings, []);
    assert.equal(problems[0]?.given, "a client certificate that expired on 2026-06-15");
  });

  it("refuses what is no certificate", () => {
    const { problems } = inspectCertificate("hunter2", NOW);
    assert.equal(problems[0]?.given, "a client certificate that cannot be read");
  });
});
