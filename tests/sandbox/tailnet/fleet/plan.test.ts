import { strict as assert } from "node:assert";

import * as fc from "fast-check";

import { plan, type SeenInstance } from "../../../../sandbox/tailnet/fleet/plan";

/** Instances from words such as "service 1" or "pending 2 dead", with ids a, b, c and so on. */
function seen(...words: string[]): SeenInstance[] {
  const states = { pending: "Pending", service: "InService", going: "Terminating" } as const;
  return words.map((text, index) => {
    const [state, version = "", what] = text.split(" ");
    return {
      id: String.fromCharCode("a".charCodeAt(0) + index),
      state: states[state as keyof typeof states],
      version,
      isAlive: what !== "dead",
      isLate: what === "late",
    };
  });
}

/** What is planned for a group of a size whose version is 2, in short. */
function planned(size: number, ...words: string[]): [number, ...string[]] {
  const { launch, terminate } = plan({ size, version: "2" }, seen(...words));
  return [launch, ...terminate.map(({ id, reason }) => `${id} ${reason}`)];
}

describe("the plan of an auto scaling group", () => {
  it("launches what is missing, and nothing where nothing is", () => {
    assert.deepEqual(planned(2), [2]);
    assert.deepEqual(planned(2, "pending 2"), [1]);
    assert.deepEqual(planned(2, "pending 2", "service 2"), [0]);
    assert.deepEqual(planned(1, "service 2", "going 2"), [0]);
  });

  it("replaces what is dead at once, and what has not joined in its time", () => {
    assert.deepEqual(planned(2, "service 2 dead", "service 2"), [1, "a dead"]);
    assert.deepEqual(planned(1, "pending 2 dead"), [1, "a dead"]);
    assert.deepEqual(planned(1, "pending 2 late"), [1, "a late"]);
    // Once it is in service, there is no time any more.
    assert.deepEqual(planned(1, "service 2 late"), [0]);
  });

  it("lets nothing that goes already go again", () => {
    assert.deepEqual(planned(0, "going 2", "going 1 dead"), [0]);
  });

  it("replaces another version one at a time, the next in service before one goes", () => {
    assert.deepEqual(planned(2, "service 1", "service 1"), [1]);
    assert.deepEqual(planned(2, "service 1", "service 1", "pending 2"), [0]);
    assert.deepEqual(planned(2, "service 1", "service 1", "service 2"), [1, "a outdated"]);
    assert.deepEqual(planned(2, "service 1", "service 2", "service 2"), [0, "a outdated"]);
  });

  it("does not wait for one of another version to join", () => {
    assert.deepEqual(planned(1, "pending 1"), [1, "a outdated"]);
    assert.deepEqual(planned(1, "service 1", "pending 1"), [1, "b outdated"]);
  });

  it("takes those first that have not joined, then the oldest", () => {
    assert.deepEqual(planned(1, "service 2", "pending 2"), [0, "b superfluous"]);
    assert.deepEqual(planned(1, "service 2", "service 2"), [0, "a superfluous"]);
    assert.deepEqual(planned(0, "service 2", "pending 2"), [0, "a superfluous", "b superfluous"]);
  });

  it("never has fewer in service than wished for by its own doing, and ends as wished", () => {
    const word = fc
      .tuple(
        fc.constantFrom("pending", "service", "going"),
        fc.constantFrom("1", "2"),
        fc.constantFrom("", " dead", " late"),
      )
      .map(([state, version, what]) => `${state} ${version}${what}`);
    const healthy = (all: readonly SeenInstance[]): SeenInstance[] =>
      all.filter(({ state, isAlive }) => state === "InService" && isAlive);
    fc.assert(
      fc.property(fc.nat(3), fc.array(word, { maxLength: 6 }), (size, words) => {
        let instances = seen(...words);
        let isDone = false;
        for (let round = 0; !isDone; round++) {
          assert.ok(round < 20, "it does not come to an end");
          const { launch, terminate } = plan({ size, version: "2" }, instances);
          const before = healthy(instances).length;
          const goes = new Set(terminate.map(({ id }) => id));
          instances = instances.filter(({ id, state }) => !goes.has(id) && state !== "Terminating");
          assert.ok(healthy(instances).length >= Math.min(size, before));
          assert.ok(instances.length + launch <= Math.max(size + 1, instances.length));
          isDone =
            launch === 0 && goes.size === 0 && instances.every((one) => one.state !== "Pending");
          // All that is launched joins before the next look.
          instances = [
            ...instances.map((one) => ({ ...one, state: "InService" as const })),
            ...Array.from({ length: launch }, (_, index) => ({
              ...{ id: `${String(round)}-${String(index)}`, state: "InService" as const },
              ...{ version: "2", isAlive: true, isLate: false },
            })),
          ];
        }
        assert.deepEqual(
          instances.map(({ version }) => version),
          Array.from({ length: size }, () => "2"),
        );
      }),
    );
  });
});
