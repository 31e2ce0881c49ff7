import { strict as assert } from "node:assert";

import type { Measurement, Run } from "../../image/bench/measure";
import { markdown, median } from "../../image/bench/table";

describe("median", () => {
  it("is the value in the middle, or the mean of the two there", () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1, 9, 2]), 3);
  });

  it("needs a value", () => {
    assert.throws(() => median([]), /No value/);
  });
});

describe("markdown", () => {
  const measurement = (round: number, perCore: number, failed: number): Measurement => ({
    round,
    path: "/uuid",
    connections: 16,
    requestsPerSecond: perCore * 0.9,
    requestsPerCore: perCore,
    p99: 4.25 * round,
    failed,
  });
  const run = (candidate: string, round: number, perCore: number, failed = 0): Run => ({
    candidate,
    start: 0.5,
    idleMemory: 40 * 2 ** 20,
    loadedMemory: 50 * 2 ** 20,
    measurements: [measurement(round, perCore, failed)],
  });

  it("has the medians of all runs, what they are of the baseline in the same round, and the least p99", () => {
    const first = [run("old", 1, 900), run("new", 1, 2000)];
    const runs = [...first, run("old", 2, 1100), run("new", 2, 1000, 3)];
    assert.equal(
      markdown(runs, "old"),
      [
        "| server | idle MiB | MiB after load | s to first 200 |",
        "| --- | --: | --: | --: |",
        "| old | 40 | 50 | 0.50 |",
        "| new | 40 | 50 | 0.50 |",
        "",
        "| `/uuid` | 16: req/s | req/core | p99 ms |",
        "| --- | --: | --: | --: |",
        "| old | 900 | 1000 (1.00) | 4.3 |",
        "| new | 1350 | 1500 (1.57) | 4.3, 3 failed |",
      ].join("\n"),
    );
  });

  it("needs the baseline in each round", () => {
    const runs = [run("old", 1, 900), run("new", 2, 1000)];
    assert.throws(() => markdown(runs, "old"), /Round 2 has no baseline/);
  });
});
