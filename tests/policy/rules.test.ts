import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { isStackRule } from "../../policy/rule";
import { RULES } from "../../policy/rules";
import { registeredStacks } from "../support/policy";

const ROOT = join(__dirname, "..", "..");

/** Rules about what no stack registers: they keep it so. */
const OF_NOTHING_YET = ["roles-narrow"];

describe("the rules", () => {
  it("are those in policy/rules, by the names of their files", async () => {
    const files = (await readdir(join(ROOT, "policy", "rules"))).map((file) =>
      file.replace(/\.ts$/, "").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    );
    assert.deepEqual(RULES.map(({ name }) => name).sort(), files.sort());
  });

  it("are about something that a stack registers, or keep it out", async () => {
    const all = [...(await registeredStacks()).values()].flat().map(({ type }) => type);
    const idle = RULES.filter(
      (rule) => !isStackRule(rule) && rule.types?.some((type) => all.includes(type)) === false,
    );
    assert.deepEqual(
      idle.map(({ name }) => name),
      OF_NOTHING_YET,
    );
  });

  it("are said in sentences, and each file that mends is there", () => {
    for (const rule of RULES) {
      assert.match(rule.demands, /^[A-Z].*\.$/, rule.name);
      assert.ok(rule.demands.length < 120, rule.name);
      for (const text of [rule.why, rule.allowed, rule.mend("live")]) {
        assert.doesNotMatch(text, /^$|\n|\.$/, rule.name);
      }
      for (const [file] of rule.mend("live").matchAll(/\b(?:components|policy)\/[\w/]+\.ts/g)) {
        assert.ok(existsSync(join(ROOT, file)), `${rule.name}: ${file}`);
      }
    }
  });
});
