import { strict as assert } from "node:assert";
import { setImmediate as turn } from "node:timers/promises";

import {
  AutoScalingGroup,
  type InstanceMachine,
} from "../../../../sandbox/tailnet/fleet/autoScalingGroup";
import type { GroupWish } from "../../../../sandbox/tailnet/fleet/fleetClient";

const WITHOUT_HOOK: GroupWish = {
  ...{ name: "routers", size: 1, version: "1", userData: "#cloud-config", joinSeconds: 300 },
};
const WISH: GroupWish = { ...WITHOUT_HOOK, hook: "joined" };

/** A machine that is only noted: what it is asked to do, and whether it lives. */
class NotedMachine implements InstanceMachine {
  alive = true;
  problem: Error | undefined;
  constructor(
    private readonly id: string,
    private readonly notes: string[],
  ) {}
  isAlive = (): Promise<boolean> => Promise.resolve(this.alive);
  shutDown = (): Promise<void> => {
    this.notes.push(`shut down ${this.id}`);
    return Promise.resolve();
  };
  remove = (): Promise<void> => {
    if (this.problem !== undefined) return Promise.reject(this.problem);
    this.notes.push(`remove ${this.id}`);
    return Promise.resolve();
  };
}

describe("an auto scaling group", () => {
  let machines: Map<string, NotedMachine>;
  let notes: string[];
  let log: string[];
  let seconds: number;
  let launchProblem: Error | undefined;

  beforeEach(() => {
    machines = new Map();
    [notes, log] = [[], []];
    seconds = 0;
    launchProblem = undefined;
  });

  const make = (wish: GroupWish = WISH): AutoScalingGroup => {
    let count = 0;
    return new AutoScalingGroup(wish, {
      launch: (id, { version }) => {
        notes.push(`launch ${id} of ${version}`);
        if (launchProblem !== undefined) return Promise.reject(launchProblem);
        const machine = new NotedMachine(id, notes);
        machines.set(id, machine);
        return Promise.resolve(machine);
      },
      newId: () => `i-${String(++count)}`,
      now: () => seconds * 1000,
      log: (line) => log.push(line),
    });
  };
  /** One step, and all that follows from it by itself. */
  const step = async (group: AutoScalingGroup): Promise<void> => {
    await group.step();
    await turn();
  };
  const states = (group: AutoScalingGroup): string[] =>
    group.instances.map(({ id, state, version }) => `${id} ${state} ${version}`);
  const machine = (id: string): NotedMachine => {
    const one = machines.get(id);
    assert.ok(one);
    return one;
  };

  it("counts an instance once it has passed the hook, and only once", async () => {
    const group = make();
    await step(group);
    assert.deepEqual(states(group), ["i-1 Pending 1"]);
    assert.equal(group.complete("i-1", "another", "CONTINUE"), false);
    assert.equal(group.complete("i-2", "joined", "CONTINUE"), false);
    assert.equal(group.complete("i-1", "joined", "CONTINUE"), true);
    assert.equal(group.complete("i-1", "joined", "CONTINUE"), false);
    await step(group);
    assert.deepEqual(states(group), ["i-1 InService 1"]);
    assert.deepEqual(notes, ["launch i-1 of 1"]);
  });

  it("counts an instance once it runs, where there is no hook", async () => {
    const group = make(WITHOUT_HOOK);
    await step(group);
    assert.deepEqual(states(group), ["i-1 InService 1"]);
  });

  it("launches no more than it should where it is asked twice at a time", async () => {
    const group = make();
    await Promise.all([group.step(), group.step(), group.step()]);
    assert.deepEqual(states(group), ["i-1 Pending 1"]);
  });

  it("replaces a machine that is dead, which has no orders to shut down any more", async () => {
    const group = make();
    await step(group);
    group.complete("i-1", "joined", "CONTINUE");
    machine("i-1").alive = false;
    await step(group);
    assert.deepEqual(states(group), ["i-2 Pending 1"]);
    assert.deepEqual(notes, ["launch i-1 of 1", "launch i-2 of 1", "remove i-1"]);
    assert.ok(log.includes("i-1 is terminated: dead"));
  });

  it("gives an instance up that has not joined in its time, in order", async () => {
    const group = make();
    await step(group);
    seconds = 299;
    await step(group);
    assert.deepEqual(states(group), ["i-1 Pending 1"]);
    seconds = 300;
    await step(group);
    assert.deepEqual(states(group), ["i-2 Pending 1"]);
    assert.deepEqual(notes.slice(1), ["launch i-2 of 1", "shut down i-1", "remove i-1"]);
  });

  it("gives an instance up that says so itself", async () => {
    const group = make();
    await step(group);
    assert.equal(group.complete("i-1", "joined", "ABANDON"), true);
    await turn();
    await step(group);
    assert.deepEqual(states(group), ["i-2 Pending 1"]);
  });

  it("has the next version in service before it takes out the one before", async () => {
    const group = make();
    await step(group);
    group.complete("i-1", "joined", "CONTINUE");
    group.change({ ...WISH, version: "2" });
    await step(group);
    await step(group);
    assert.deepEqual(states(group), ["i-1 InService 1", "i-2 Pending 2"]);
    group.complete("i-2", "joined", "CONTINUE");
    await step(group);
    assert.deepEqual(states(group), ["i-2 InService 2"]);
    assert.deepEqual(notes.slice(2), ["shut down i-1", "remove i-1"]);
  });

  it("waits before it launches again what could not be launched", async () => {
    launchProblem = new Error("no room");
    const group = make();
    await step(group);
    await step(group);
    assert.deepEqual([states(group), notes], [[], ["launch i-1 of 1"]]);
    assert.ok(log.includes("i-1 could not be launched: no room"));
    assert.equal(group.launchProblem, "no room");
    launchProblem = undefined;
    seconds = 5;
    await step(group);
    assert.deepEqual(states(group), ["i-2 Pending 1"]);
    assert.equal(group.launchProblem, undefined);
  });

  it("tries again to remove what was not, and goes on with the rest meanwhile", async () => {
    const group = make();
    await step(group);
    machine("i-1").problem = new Error("its link is busy");
    machine("i-1").alive = false;
    await step(group);
    assert.deepEqual(states(group), ["i-1 Terminating 1", "i-2 Pending 1"]);
    assert.ok(log.includes("i-1 is not wholly removed: its link is busy"));
    machine("i-1").problem = undefined;
    seconds = 4;
    await step(group);
    assert.equal(group.instances.length, 2);
    seconds = 5;
    await step(group);
    assert.deepEqual(states(group), ["i-2 Pending 1"]);
  });

  it("does its next step though one has failed", async () => {
    const group = make();
    await step(group);
    machine("i-1").isAlive = () => Promise.reject(new Error("too many open files"));
    await assert.rejects(group.step(), /too many open files/);
    machine("i-1").isAlive = () => Promise.resolve(false);
    await step(group);
    assert.deepEqual(states(group), ["i-2 Pending 1"]);
  });

  it("takes an instance as it is once all have been looked at", async () => {
    const group = make({ ...WISH, size: 2 });
    await step(group);
    let see: (isAlive: boolean) => void = () => undefined;
    machine("i-1").isAlive = () => new Promise((resolve) => (see = resolve));
    seconds = 300;
    const stepping = group.step();
    await turn();
    // One joins and the other gives itself up while the group looks.
    group.complete("i-1", "joined", "CONTINUE");
    group.complete("i-2", "joined", "ABANDON");
    see(true);
    await stepping;
    await turn();
    assert.deepEqual(states(group), ["i-1 InService 1", "i-3 Pending 1"]);
    const ended = notes.filter((note) => !note.startsWith("launch"));
    assert.deepEqual(ended, ["shut down i-2", "remove i-2"]);
  });

  it("returns from closing once all are gone, and says what is not", async () => {
    const group = make({ ...WISH, size: 2 });
    await step(group);
    group.complete("i-1", "joined", "CONTINUE");
    machine("i-2").problem = new Error("its process does not end");
    await assert.rejects(group.close(), /its process does not end/);
    assert.deepEqual(states(group), ["i-2 Terminating 1"]);
    assert.ok(group.isClosing);
    machine("i-2").problem = undefined;
    await group.close();
    assert.deepEqual(states(group), []);
    assert.deepEqual(notes.slice(-1), ["remove i-2"]);
  });
});
