import { strict as assert } from "node:assert";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { goTool, hasGo } from "./support/goTools";
import { skip } from "./support/reporter";

const WORKFLOWS = join(__dirname, "..", ".github", "workflows");

describe("the workflows", () => {
  it("pass actionlint", async function () {
    // The first time it is built.
    this.timeout(300_000);
    if (!(await hasGo())) skip(this, "needs Go");
    const files = (await readdir(WORKFLOWS)).map((name) => join(WORKFLOWS, name));
    assert.ok(files.length > 0);
    // What it finds must not depend on which other linters the machine has.
    const args = ["-no-color", "-shellcheck=", "-pyflakes=", ...files];
    const { exitCode, stdout } = await goTool("workflows", "actionlint", args);
    assert.equal(exitCode, 0, stdout);
  });
});
