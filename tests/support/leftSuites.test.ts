import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isAlive, startOf } from "../../sandbox/cluster/processIdentity";
import { makeSuiteFolder, takeDownLeftSuites } from "./leftSuites";

describe("takeDownLeftSuites", () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "k8s-test-left-"));
  });
  afterEach(() => rm(parent, { recursive: true }));

  it("leaves the suites of a process that runs, such as this one", async () => {
    const folder = await makeSuiteFolder(parent);
    assert.deepEqual(await takeDownLeftSuites(parent), []);
    assert.ok(existsSync(folder));
  });

  const states = {
    clusters: { version: 1, name: "suite", tier: "cluster" },
    tailnets: { version: 1, name: "suite", namespaces: [] },
  };
  for (const [kind, rest] of Object.entries(states)) {
    it(`ends what is of a suite whose process is gone, and removes its folder: ${kind}`, async () => {
      const started = spawn("sleep", ["600"], { stdio: "ignore", detached: true });
      const ended = once(started, "exit");
      const pid = started.pid ?? assert.fail("no process");
      const identity = { pid, started: (await startOf(pid)) ?? "" };
      const folder = await makeSuiteFolder(parent);
      await writeFile(join(folder, "owner.json"), JSON.stringify({ pid, started: "another" }));
      const own = join(folder, "k8s-test", kind, "suite");
      await mkdir(own, { recursive: true });
      const process = { name: "etcd", log: "", command: ["sleep"], ...identity };
      await writeFile(join(own, "state.json"), JSON.stringify({ ...rest, processes: [process] }));

      assert.deepEqual(await takeDownLeftSuites(parent), [folder]);
      await ended;
      assert.ok(!(await isAlive(identity)));
      assert.ok(!existsSync(folder));
    });
  }

  it("leaves a folder that says of no process that it is its own", async () => {
    await mkdir(join(parent, "k8s-test-suite-other"));
    assert.deepEqual(await takeDownLeftSuites(parent), []);
  });
});
