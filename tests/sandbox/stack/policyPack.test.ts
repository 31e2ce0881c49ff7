import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import { preparePolicyPack } from "../../../sandbox/stack/policyPack";

describe("preparePolicyPack", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-policy-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("lays out a pack that a plugin of the engine's starts, and can do so again", async () => {
    const [pack, home] = [join(folder, "pack"), join(folder, "home")];
    await preparePolicyPack(pack, home);
    assert.deepEqual(await preparePolicyPack(pack, home), ["--policy-pack", pack]);
    const { runtime, ...rest } = parse(
      await readFile(join(pack, "PulumiPolicy.yaml"), "utf8"),
    ) as Record<string, string>;
    assert.equal(runtime, "k8s-test");
    assert.deepEqual(rest, { description: "What no stack may do; docs/policy.md" });
    const [plugin, ...others] = await readdir(join(home, "plugins"));
    assert.deepEqual([plugin, others], ["analyzer-policy-k8s-test-v0.1.0", []]);

    const starter = join(home, "plugins", plugin ?? "", "pulumi-analyzer-policy-k8s-test");
    const child = spawn(starter, ["127.0.0.1:1", "."], { cwd: pack });
    try {
      const [port] = (await once(child.stdout, "data")) as [Buffer];
      assert.match(port.toString(), /^\d+\n$/);
    } finally {
      child.kill();
    }
  });
});
