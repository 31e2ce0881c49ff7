import { strict as assert } from "node:assert";

import { samplesWithin, timeTicks, windowWithin } from "../../../load/charts/timeWindow";
import { syntheticRecord } from "../../support/syntheticRecord";

describe("the time of a chart", () => {
  it("is no longer than what was seen", () => {
    const record = syntheticRecord({ before: 5, seconds: 30, after: 10 });
    assert.deepEqual(windowWithin(record, -20, 10), { from: -5, to: 10 });
    assert.deepEqual(windowWithin(record, 0, Infinity), { from: 0, to: 40 });
    assert.throws(() => windowWithin(record, 41, 50), /no two samples from 41 s to 50 s/);
  });

  it("takes the samples at its ends", () => {
    const times = samplesWithin(syntheticRecord(), { from: -1, to: 2 }).map(({ at }) => at);
    assert.deepEqual(times, [-1, 0, 1, 2]);
  });

  it("counts seconds up to five minutes, and minutes from then on", () => {
    assert.deepEqual(timeTicks({ from: -5, to: 29 }), {
      values: [-5, 0, 5, 10, 15, 20, 25],
      unit: "seconds",
    });
    assert.deepEqual(timeTicks({ from: -20, to: 360 }), {
      values: [0, 60, 120, 180, 240, 300, 360],
      unit: "minutes",
    });
  });

  it("has a dozen labels at most, however long it is", () => {
    for (const to of [8, 20, 61, 299, 301, 900, 1800, 7200, 86400]) {
      const { values } = timeTicks({ from: -20, to });
      assert.ok(values.length >= 3 && values.length <= 13, `${String(to)}: ${String(values)}`);
    }
  });

  it("has fewer labels where there is less room, at whole minutes and hours still", () => {
    const values = (from: number, to: number, most: number): number[] =>
      timeTicks({ from, to }, most).values;
    assert.deepEqual(values(3630, 4050, 4), [3720, 3840, 3960]);
    assert.deepEqual(values(0, 86_400, 4), [0, 21_600, 43_200, 64_800, 86_400]);
  });
});
