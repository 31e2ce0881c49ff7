import { strict as assert } from "node:assert";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { RunResult } from "../../../host/run";
import { sandbox } from "../../support/command";

describe("reset", () => {
  let home = "";
  const state = (): string => join(home, "state");
  const cache = (): string => join(home, "cache");
  const reset = (...flags: string[]): Promise<RunResult> =>
    sandbox(["reset", ...flags], { XDG_STATE_HOME: state(), XDG_CACHE_HOME: cache() });
  const fill = async (...path: string[]): Promise<void> => {
    const folder = join(home, ...path);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "file"), "");
  };

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "k8s-test-reset-"));
    await fill("state", "another");
    await fill("state", "k8s-test", "logs", "gone");
    await fill("state", "k8s-test", "clusters", "gone");
    await fill("cache", "another");
    await fill("cache", "k8s-test", "tools");
  });
  afterEach(() => rm(home, { recursive: true }));

  it("removes the sandbox's state, and keeps what was built and what is others'", async () => {
    const { ok, stdout } = await reset();
    assert.ok(ok);
    assert.equal(stdout, `Cluster "gone" is down.\nRemoved ${state()}/k8s-test.`);
    assert.deepEqual(await readdir(state()), ["another"]);
    assert.deepEqual((await readdir(cache())).sort(), ["another", "k8s-test"]);
  });

  it("removes what was built, too, where it is told to", async () => {
    const { ok, stdout } = await reset("--cache");
    assert.ok(ok);
    assert.match(stdout, /Removed .*\/state\/k8s-test\.\nRemoved .*\/cache\/k8s-test\.$/);
    assert.deepEqual(await readdir(state()), ["another"]);
    assert.deepEqual(await readdir(cache()), ["another"]);
  });

  it("does not forget a stack on a cluster of the user's own, unless it is told to", async () => {
    await fill("state", "k8s-test", "contexts", "k3d-dev");
    const { exitCode, stderr } = await reset("--cache");
    assert.equal(exitCode, 1);
    assert.match(stderr, /own cluster of context "k3d-dev".*down --context k3d-dev, or.*--forget/);
    assert.deepEqual((await readdir(join(state(), "k8s-test"))).sort(), [
      "clusters",
      "contexts",
      "logs",
    ]);
    assert.ok((await reset("--forget")).ok);
    assert.deepEqual(await readdir(state()), ["another"]);
  });
});
