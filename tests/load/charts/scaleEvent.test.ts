import { strict as assert } from "node:assert";

import { scaleEvent } from "../../../load/charts/scaleEvent";
import { lineOf, panelsOf, rowsOf, titleOf } from "../../support/charts";
import { syntheticRecord } from "../../support/syntheticRecord";

describe("scaleEvent", () => {
  it("says when the autoscaler asked for how many, and what it had read", () => {
    assert.deepEqual(titleOf(scaleEvent(syntheticRecord())), {
      title: "From 1 to 4 pods: 1 decision, 14 s after the load began",
      subtitle: [
        "Then it reads cpu at 410 % and memory at 100 MiB, and aims at cpu at 50 % and memory at 120 MiB",
      ],
    });
  });

  it("shows metrics against targets, and the pods that are asked for, up to 15 s after it", () => {
    const record = syntheticRecord();
    const spec = scaleEvent(record);
    assert.deepEqual(panelsOf(spec), ["events", "metrics in %", "metrics in MiB", "pods"]);
    const shown = record.samples.filter(({ at }) => at >= -5 && at <= 29.2);
    assert.deepEqual(
      lineOf(spec, "pods", "asked for"),
      shown.map(({ at, pods }) => [at, pods.desired]),
    );
    assert.deepEqual(
      lineOf(spec, "metrics in MiB", "memory"),
      shown.map(({ at, metrics }) => [at, metrics[1]?.current]),
    );
    assert.deepEqual(lineOf(spec, "metrics in MiB", "target of memory")[0], [-5, 120]);
  });

  it("marks each decision with its text, at its time", () => {
    const decisions = [
      [14.2, 2],
      [29.4, 4],
    ] as const;
    const spec = scaleEvent(syntheticRecord({ decisions }));
    assert.equal(
      titleOf(spec).title,
      "From 1 to 4 pods: 2 decisions, the last 29 s after the load began",
    );
    const texts = ["14 s · 1 to 2 pods: cpu above target", "29 s · 2 to 4 pods: cpu above target"];
    assert.deepEqual(
      rowsOf(spec, "marks")?.map(({ at, text }) => [at, text]),
      [
        [0, "0 s · load begins"],
        [14.2, texts[0]],
        [29.4, texts[1]],
      ],
    );
    assert.deepEqual(
      rowsOf(spec, "labels")
        ?.map(({ at, text }) => [at, text])
        .slice(1),
      [
        [14.2, [texts[0]]],
        [29.4, [texts[1]]],
      ],
    );
  });

  it("gives a plain number a panel of its own, and metrics of one unit one together", () => {
    const metrics = [
      { name: "cpu", unit: "%" },
      { name: "memory", unit: "%" },
      { name: "requests_per_second", unit: "" },
    ] as const;
    const spec = scaleEvent(syntheticRecord({ metrics }));
    assert.deepEqual(panelsOf(spec), ["events", "metrics in %", "metrics", "pods"]);
    assert.ok(lineOf(spec, "metrics in %", "memory").length > 30);
    assert.ok(lineOf(spec, "metrics", "target of requests per second").length > 30);
  });

  it("says so where nothing was decided, and shows all of the load", () => {
    const spec = scaleEvent(syntheticRecord({ decisions: [] }));
    assert.equal(titleOf(spec).title, "No decision for more pods: the autoscaler stays at 1");
    assert.match(
      titleOf(spec).subtitle.join(" "),
      /^At the end of the load it reads cpu at 4\d\d %/,
    );
    assert.equal(lineOf(spec, "pods", "asked for").at(-1)?.[0], 120);
  });
});
