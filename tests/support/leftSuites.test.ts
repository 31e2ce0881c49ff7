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

  it("ends what a suite has started whose process is gone, and removes its folder", async () => {
    const started = spawn("sleep", ["600"], { stdio: "ignore", detached: true });
    const ended = once(started, "exit");
    const pid = started.pid ?? assert.fail("no process");
    const process = { name: "etcd", log: "", command: ["sleep"], pid, started: await startOf(pid) };
    const folder = await makeSuiteFolder(parent);
    await writeFile(join(folder, "owner.json"), JSON.stringify({ pid, started: "another" }));
    const cluster = join(folder, "k8s-test", "clusters", "suite");
    await mkdir(cluster, { recursive: true });
    const state = { version: 1, name: "suite", tier: "cluster", processes: [process] };
    await writeFile(join(cluster, "state.json"), JSON.stringify(state));

    assert.deepEqual(await takeDownLeftSuites(parent), [folder]);
    await ended;
    assert.ok(!(await isAlive({ pid, started: process.started ?? "" })));
    assert.ok(!existsSync(folder));
  });

  it("leaves a folder that says of no process that it is its own", async () => {
    await mkdir(join(parent, "k8s-test-suite-other"));
    assert.deepEqual(await takeDownLeftSuites(parent), []);
  });
});
