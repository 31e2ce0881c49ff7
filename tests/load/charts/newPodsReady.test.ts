import { strict as assert } from "node:assert";

import { newPodsReady } from "../../../load/charts/newPodsReady";
import { lineOf, panelsOf, rowsOf, titleOf } from "../../support/charts";
import { syntheticRecord } from "../../support/syntheticRecord";

describe("newPodsReady", () => {
  it("says how many pods became ready, and how long it took", () => {
    assert.deepEqual(titleOf(newPodsReady(syntheticRecord())), {
      title: "1 to 4 ready pods in 22 s",
      subtitle: ["3 new pods, 5.9 s to 7.3 s from created to ready"],
    });
  });

  it("has a bar for each new pod, from created to ready, with its name", () => {
    const record = syntheticRecord();
    const spec = newPodsReady(record);
    assert.deepEqual(panelsOf(spec), ["events", "new pods", "pods", "requests"]);
    const created = record.events.filter(({ kind }) => kind === "pod-created");
    const ready = record.events.filter(({ kind }) => kind === "pod-ready");
    const bars = rowsOf(spec, "new pods") ?? [];
    assert.deepEqual(
      bars.map(({ at, end }) => [at, end]),
      created.map(({ at }, index) => [at, ready[index]?.at]),
    );
    assert.deepEqual(
      rowsOf(spec, "names")?.map(({ text }) => text),
      created.map(
        ({ pod }, index) => `${String(pod)}, ready in ${["5.9", "6.6", "7.3"][index] ?? ""} s`,
      ),
    );
  });

  it("shows ready pods and requests of the same time", () => {
    const record = syntheticRecord();
    const spec = newPodsReady(record);
    const ready = lineOf(spec, "pods", "ready");
    const answered = lineOf(spec, "requests", "answered");
    assert.deepEqual(
      ready,
      record.samples.slice(15, 15 + ready.length).map(({ at, pods }) => [at, pods.ready]),
    );
    assert.deepEqual(
      answered.map(([at]) => at),
      ready.map(([at]) => at),
    );
    assert.deepEqual([ready[0]?.[0], ready.find(([, count]) => count === 4)?.[0]], [-5, 22]);
  });

  it("tells pods that never became ready", () => {
    const spec = newPodsReady(
      syntheticRecord({
        decisions: [[14, 4]],
        startSeconds: (pod) => (pod === 1 ? 6 : Infinity),
        after: 20,
      }),
    );
    assert.deepEqual(titleOf(spec), {
      title: "1 to 2 ready pods in 21 s",
      subtitle: ["1 new pod, 6.0 s from created to ready; 2 more pods never became ready"],
    });
    assert.deepEqual(
      rowsOf(spec, "new pods")?.map(({ state, end }) => [state, Math.round(Number(end))]),
      [
        ["ready", 20],
        ["never ready", 120],
        ["never ready", 120],
      ],
    );
  });

  it("says so where no pod was created", () => {
    const spec = newPodsReady(syntheticRecord({ decisions: [] }));
    assert.equal(
      titleOf(spec).title,
      "No more pods became ready: no pod was created, 1 ready as before",
    );
    assert.equal(
      rowsOf(spec, "new pods")?.[0]?.["text"],
      "no pod was created while there was load",
    );
  });

  it("leaves out names where there are more pods than rows of text", () => {
    const spec = newPodsReady(syntheticRecord({ maxReplicas: 40 }));
    assert.equal(rowsOf(spec, "new pods")?.length, 39);
    assert.deepEqual(rowsOf(spec, "names"), []);
  });
});
