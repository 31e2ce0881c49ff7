import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { spawn } from "../../../sandbox/cluster/processes";
import { isAlive } from "../../../sandbox/cluster/processIdentity";
import {
  checkName,
  clusterLayout,
  knownClusters,
  readState,
  writeState,
  type ClusterState,
} from "../../../sandbox/cluster/state";
import { clusterStatus } from "../../../sandbox/cluster/status";
import { stopCluster } from "../../../sandbox/cluster/stopCluster";
import { nodeTopology } from "../../../sandbox/cluster/topology";

describe("the state of a cluster", () => {
  const before = process.env["XDG_STATE_HOME"];
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "k8s-test-state-"));
    process.env["XDG_STATE_HOME"] = home;
  });
  afterEach(async () => {
    if (before === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = before;
    await rm(home, { recursive: true });
  });

  function stateOf(name: string): ClusterState {
    return {
      version: 1,
      name,
      tier: "cluster",
      phase: "running",
      startedAt: "2026-01-01T00:00:00.000Z",
      topology: nodeTopology(),
      processes: [],
    };
  }

  it("is read as it was written, by its owner alone", async () => {
    const layout = clusterLayout("x");
    writeState(layout, stateOf("x"));
    assert.deepEqual(await readState(layout), stateOf("x"));
    assert.equal((await stat(layout.state)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(layout.folder), ["state.json"]);
    assert.deepEqual(knownClusters(), ["x"]);
  });

  it("is none where there is no cluster", async () => {
    assert.equal(await readState(clusterLayout("x")), undefined);
    assert.equal(await clusterStatus("x"), undefined);
    assert.deepEqual(knownClusters(), []);
  });

  it("that is broken is not acted upon", async () => {
    const layout = clusterLayout("x");
    await mkdir(dirname(layout.state), { recursive: true });
    for (const text of ["", "{", "[]", '{"version":2,"processes":[]}']) {
      await writeFile(layout.state, text);
      await assert.rejects(stopCluster({ name: "x" }), /is not the state of a cluster/, text);
      assert.ok(existsSync(layout.state));
    }
  });

  it("is enough to take the cluster down, twice", async () => {
    const layout = clusterLayout("x");
    const state = stateOf("x");
    const { record } = await spawn("etcd", ["sleep", "60"], layout);
    state.processes.push(record, { ...record, name: "reused", started: "of another" });
    writeState(layout, state);
    assert.equal(await stopCluster({ name: "x" }), true);
    assert.ok(!(await isAlive(record)));
    assert.ok(!existsSync(layout.folder));
    assert.equal(await stopCluster({ name: "x" }), false);
  });

  it("shows which processes have ended", async () => {
    const layout = clusterLayout("x");
    const state = stateOf("x");
    const { record } = await spawn("etcd", ["sleep", "60"], layout);
    state.processes.push(record, { ...record, name: "gone", started: "of another" });
    writeState(layout, state);
    const status = await clusterStatus("x");
    assert.deepEqual(
      status?.processes.map(({ name, alive }) => [name, alive]),
      [
        ["etcd", true],
        ["gone", false],
      ],
    );
    assert.equal(status.apiReady, false);
    await stopCluster({ name: "x" });
  });

  it("refuses a name that could not be part of a file's or an interface's", () => {
    checkName("sandbox-2");
    for (const name of ["", "../x", "A", "-x", "x".repeat(21), "a b"]) {
      assert.throws(() => {
        checkName(name);
      }, /cannot be a cluster's name\. Allowed are/);
    }
  });
});
