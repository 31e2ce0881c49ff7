import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const PACK = join(__dirname, "..", "..", "policy");

describe("the policy pack", () => {
  it("starts as Pulumi's own CLI starts it, type check included, and says its port", async () => {
    const script = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const child = spawn(process.execPath, [script, "127.0.0.1:1", "."], { cwd: PACK });
    const said: string[] = [];
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
    try {
      const [first] = (await Promise.race([
        once(child.stdout, "data"),
        once(child, "exit").then(() => assert.fail(said.join(""))),
      ])) as [Buffer];
      assert.match(first.toString(), /^\d+\n$/);
    } finally {
      child.kill();
    }
  });
});
