import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface MochaConfig {
  spec: string[];
  ignore?: string[];
}

function config(name: string): MochaConfig {
  return JSON.parse(readFileSync(join(__dirname, "..", name), "utf8")) as MochaConfig;
}

describe("the long tests", () => {
  it("run once each: those that run side by side are left out of the others, and nothing else is", () => {
    const { spec, ignore } = config(".mocharc.extra.json");
    assert.deepEqual(spec, ["tests/extra/**/*.test.ts"]);
    assert.deepEqual(ignore, config(".mocharc.waiting.json").spec);
  });
});
