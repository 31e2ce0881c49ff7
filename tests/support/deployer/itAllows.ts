import { strict as assert } from "node:assert";

import { outcome, type Call } from "../iam";
import { POLICIES, type DeployerCall } from "./calls";

/** What IAM says to each call of a deployer. */
export async function decisions(calls: Call[]): Promise<string[]> {
  const policies = Object.values(POLICIES);
  return Promise.all(
    calls.map(async ({ action, resource, context = {} }) => {
      const call = { action, resource, context };
      return `${await outcome(policies, call)}: ${JSON.stringify(call)}`;
    }),
  );
}

/** Tests that a deployer may make the calls, and none of them on what is another's. */
export function itAllows(calls: Readonly<Record<string, DeployerCall[]>>): void {
  for (const [what, its] of Object.entries(calls)) {
    it(`allow all that ${what} needs`, async () => {
      assert.deepEqual(
        (await decisions(its)).filter((decision) => !decision.startsWith("Allowed")),
        [],
      );
    });

    const forbidden = its.flatMap((call) => call.forbidden);
    if (forbidden.length === 0) continue;
    it(`allow no call for ${what} on what is another's, or elsewhere`, async () => {
      assert.deepEqual(
        (await decisions(forbidden)).filter((decision) => decision.startsWith("Allowed")),
        [],
      );
    });
  }
}
