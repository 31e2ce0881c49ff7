import { strict as assert } from "node:assert";

import { Journal } from "../../load/journal";
import { recordedLook } from "./watch/looks";

const TRAFFIC = { requestsPerSecond: 0, requests: 0, failed: 0 };

describe("Journal", () => {
  it("counts seconds from the load's beginning, also for what came before it", () => {
    const journal = new Journal();
    const begin = Date.parse("2026-01-01T00:00:00Z");
    const look = (name: Parameters<typeof recordedLook>[0], seconds: number): void => {
      journal.add({ ...recordedLook(name), time: begin + seconds * 1000 }, TRAFFIC);
    };
    look("four-pods", -2.5);
    assert.equal(journal.at(begin), undefined);
    // The first request is known of only after a look that came later.
    look("four-pods", 0.4);
    journal.begin(begin, "load begins");
    assert.equal(journal.at(begin + 1500), 1.5);
    look("one-ends", 1.4);
    look("one-gone", 12.345);
    const { startedAt, samples, events } = journal.entries([
      { time: begin, latency: 2, failed: false },
    ]);
    assert.equal(startedAt, "2026-01-01T00:00:00.000Z");
    assert.deepEqual(
      samples.map(({ at, pods, traffic }) => [at, pods.desired, traffic.requests]),
      [
        [-2.5, 4, 0],
        [0.4, 4, 1],
        [1.4, 3, 1],
        [12.345, 3, 1],
      ],
    );
    assert.deepEqual(
      events.map(({ at, kind }) => [at, kind]),
      [
        [0, "load-begins"],
        [1.4, "scaled"],
        [12.345, "pod-gone"],
      ],
    );
  });

  it("has no entries where no load has begun", () => {
    assert.throws(() => new Journal().entries([]), /no load has begun/);
  });
});
