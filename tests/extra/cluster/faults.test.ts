import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

import { run } from "../../../host/run";
import { UserError } from "../../../host/userError";
import { addNamespace, deleteNamespace } from "../../../sandbox/cluster/namespaces";
import { startCluster } from "../../../sandbox/cluster/startCluster";
import { clusterStatus } from "../../../sandbox/cluster/status";
import { stopCluster } from "../../../sandbox/cluster/stopCluster";
import type { TierChoice } from "../../../sandbox/cluster/tier";
import { startSandbox } from "../../support/command";
import type { Foreground } from "../../support/foreground";
import { ownStateFolder } from "../../support/ownStateFolder";
import { skip } from "../../support/reporter";
import { machineListing } from "../../cluster/machine";
import { bestTier } from "../../cluster/suite";

const NAME = "faults";
/** The command that starts the cluster, once it has said some words. */
async function upUntil(words: string): Promise<Foreground> {
  const command = startSandbox(["up", "--name", NAME, "--no-load"]);
  await command.until(words);
  return command;
}

describe("a cluster to which something happens", () => {
  const state = ownStateFolder(NAME);
  let choice: TierChoice;
  let untouched: Record<string, string[]>;

  before(async function () {
    this.timeout(25 * 60_000);
    choice = await bestTier();
    // The name of the tier is in the title of no test: each must hold in both.
    console.log(`    (tier ${choice.tier})`);
    untouched = await machineListing(state.path(), NAME);
  });
  afterEach(() => stopCluster({ name: NAME }));

  async function expectNothingLeft(): Promise<void> {
    // What is killed together with its parent is collected by the system a moment later.
    for (let tries = 0; tries < 20; tries++) {
      const { processes } = await machineListing(state.path(), NAME);
      if (processes?.length === 0) break;
      await sleep(100);
    }
    assert.deepEqual(await machineListing(state.path(), NAME), untouched);
  }

  it("is taken down by name after kill -9 of all its processes, though mounts and links remain", async () => {
    await startCluster({ name: NAME });
    await killAll();
    const status = await clusterStatus(NAME);
    assert.ok(status !== undefined);
    assert.deepEqual(
      status.processes.filter(({ alive }) => alive),
      [],
    );
    assert.equal(status.apiReady, false);
    assert.equal(await stopCluster({ name: NAME }), true);
    await expectNothingLeft();
  });

  it("comes up again after kill -9, and says that an earlier run was cleared away", async () => {
    await startCluster({ name: NAME });
    await killAll();
    const said: string[] = [];
    const cluster = await startCluster({ name: NAME, say: (line) => said.push(line) });
    assert.ok(
      said.some((line) => line.startsWith('An earlier run of cluster "faults" did not end well')),
    );
    assert.ok(Number(cluster.timings["kube-apiserver"]) > 0);
  });

  it("is gone when its start is interrupted", async () => {
    const interrupt = new AbortController();
    const say = (line: string): void => {
      if (line.endsWith("etcd")) interrupt.abort(new UserError("Interrupted."));
    };
    const start = startCluster({ name: NAME, say, signal: interrupt.signal });
    await assert.rejects(start, /^UserError: Interrupted\.$/);
    await expectNothingLeft();
  });

  it("is gone when Ctrl-C ends the command that starts it", async () => {
    const command = await upUntil("etcd");
    command.killGroup("SIGINT");
    assert.equal(await command.ended, 130);
    await expectNothingLeft();
  });

  it("can be taken down when the command that starts it was killed", async () => {
    const command = await upUntil("kube-apiserver");
    command.killGroup("SIGKILL");
    await command.ended;
    assert.equal(await stopCluster({ name: NAME }), true);
    await expectNothingLeft();
  });

  it("is started once, though two ask at the same time", async () => {
    const command = await upUntil("etcd");
    const second = startCluster({ name: NAME });
    await assert.rejects(second, /Another run is starting|runs already/);
    await command.ended;
    assert.equal((await clusterStatus(NAME))?.state.phase, "running");
    await stopCluster({ name: NAME });
    await expectNothingLeft();
  });

  it("is not started in a namespace that it has not made, and leaves that alone", async function () {
    if (choice.tier !== "node") skip(this, String(choice.because));
    const namespace = `k8s-test-${NAME}`;
    await addNamespace(namespace);
    try {
      const start = startCluster({ name: NAME });
      await assert.rejects(
        start,
        /^UserError: The network namespace k8s-test-faults exists already/,
      );
      assert.equal(await stopCluster({ name: NAME }), false);
      assert.match(await run("ip", ["netns", "list"]), /k8s-test-faults/);
    } finally {
      await deleteNamespace(namespace);
    }
  });

  /** Kills everything that the machine shows of the cluster, as a crash would. */
  async function killAll(): Promise<void> {
    const { processes = [] } = await machineListing(state.path(), NAME);
    for (const line of processes) {
      try {
        process.kill(Number.parseInt(line, 10), "SIGKILL");
      } catch {
        // It went with its parent.
      }
    }
    await sleep(300);
  }
});
