import { strict as assert } from "node:assert";
import { join } from "node:path";

import { cacheFolder } from "../../host/cacheFolder";
import { pythonEnvironment } from "../../host/pythonEnvironment";
import { tryRun } from "../../host/run";
import { skip } from "../support/reporter";
import { isInstalled, isRoot } from "../../host/tools";

const ZIZMOR = "zizmor==1.32.0";

describe("the workflows", () => {
  it("pass zizmor, pedantic", async function () {
    if (!isRoot() && !(await isInstalled("python3"))) skip(this, "needs Python, or root");
    const cache = join(cacheFolder(), "lint");
    const options = { install: true, say: console.log, log: join(cache, "zizmor.log") };
    const bin = await pythonEnvironment(cache, [ZIZMOR], options);
    const workflows = join(__dirname, "..", "..", ".github", "workflows");
    const args = ["--offline", "--no-progress", "--color=never", "--persona", "pedantic"];
    const result = await tryRun(join(bin, "zizmor"), [...args, workflows]);
    assert.match(result.all, /No findings to report/);
    assert.equal(result.exitCode, 0, result.all);
  });
});
