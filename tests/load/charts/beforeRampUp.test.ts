import { strict as assert } from "node:assert";

import { beforeRampUp } from "../../../load/charts/beforeRampUp";
import { lineOf, panelsOf, rowsOf, titleOf } from "../../support/charts";
import { syntheticRecord } from "../../support/syntheticRecord";

describe("beforeRampUp", () => {
  it("says how things stood before the load, and what comes", () => {
    assert.deepEqual(titleOf(beforeRampUp(syntheticRecord())), {
      title: "Before the load: 1 ready pod, cpu at 2 % and memory at 56 MiB",
      subtitle: [
        "The autoscaler aims at cpu at 50 % and memory at 120 MiB",
        "Then 20 connections ask for http://httpbin/uuid, as often as they get through",
      ],
    });
  });

  it("shows metrics, pods and requests from 20 s before the load to 10 s after its begin", () => {
    const record = syntheticRecord({ before: 60 });
    const spec = beforeRampUp(record);
    assert.deepEqual(panelsOf(spec), [
      "events",
      "metrics in %",
      "metrics in MiB",
      "pods",
      "requests",
    ]);
    const shown = record.samples.filter(({ at }) => at >= -20 && at <= 10);
    assert.deepEqual(
      lineOf(spec, "requests", "answered"),
      shown.map(({ at, traffic }) => [at, traffic.requestsPerSecond]),
    );
    assert.deepEqual(
      lineOf(spec, "metrics in %", "cpu"),
      shown.map(({ at, metrics }) => [at, metrics[0]?.current]),
    );
    assert.deepEqual(
      new Set(lineOf(spec, "metrics in %", "target of cpu").map(([, v]) => v)),
      new Set([50]),
    );
    assert.deepEqual(rowsOf(spec, "load"), [{ at: 0, end: 10 }]);
  });

  it("says so where no metric had been read", () => {
    const spec = beforeRampUp(syntheticRecord({ metricsFrom: 16 }));
    assert.equal(titleOf(spec).title, "Before the load: 1 ready pod, no metric read yet");
    assert.deepEqual(rowsOf(spec, "metrics in %"), [
      { at: -5, text: "the autoscaler had not read cpu yet" },
    ]);
  });

  it("claims nothing of a time that was not looked at", () => {
    const { title } = titleOf(beforeRampUp(syntheticRecord({ before: 0 })));
    assert.match(title, /^As the load begins: 1 ready pod/);
  });

  it("says the rate that is aimed at", () => {
    const record = syntheticRecord();
    const load = { connections: 1, requestsPerSecond: 1500, seconds: 60 };
    assert.equal(
      titleOf(beforeRampUp({ ...record, load })).subtitle.at(-1),
      "Then 1 connection asks for http://httpbin/uuid, 1,500 times a second together",
    );
  });
});
