import { strict as assert } from "node:assert";

import { judge } from "../../policy/rule";
import { RULES } from "../../policy/rules";
import { checkWaivers, isAbout } from "../../policy/waiver";
import { WAIVERS } from "../../policy/waivers";
import { registeredStacks } from "../support/policy";

describe("the waivers", () => {
  it("are written as they must be", () => {
    assert.deepEqual(checkWaivers(WAIVERS, RULES), WAIVERS);
  });

  it("are each for something that a stack does as it is set up by default", async () => {
    const stacks = await registeredStacks();
    for (const waiver of WAIVERS) {
      const rule = RULES.find(({ name }) => name === waiver.rule) ?? assert.fail(waiver.rule);
      const resources = stacks.get(waiver.stack === "live" ? "live" : "cloudflare") ?? [];
      const findings = await judge(rule, resources);
      assert.ok(
        findings.some((finding) => isAbout(waiver, rule, finding)),
        `${waiver.rule} is waived for nothing`,
      );
    }
  });
});
