import { strict as assert } from "node:assert";

import { Tally } from "../../../load/generator/tally";
import { trafficAt, TrafficMeter } from "../../../load/generator/traffic";

describe("TrafficMeter", () => {
  it("tells what has come since the look before, over all generators", () => {
    const [load, trickle, meter] = [new Tally(), new Tally(), new TrafficMeter()];
    const ask = (tally: Tally, times: number, latency: number, status = 200): void => {
      for (let n = 0; n < times; n++) {
        const iteration = tally.requests;
        tally.add({ kind: "request", thread: 0, iteration, startedAt: 0, latency, status });
      }
    };
    assert.deepEqual(meter.read(1000, [trickle]), { requestsPerSecond: 0, requests: 0, failed: 0 });
    ask(trickle, 5, 2);
    assert.deepEqual(meter.read(2000, [trickle]), {
      requestsPerSecond: 5,
      requests: 5,
      failed: 0,
      p99: 2,
    });
    ask(trickle, 10, 3);
    ask(load, 589, 4);
    ask(load, 1, 70, 503);
    assert.deepEqual(meter.read(4000, [trickle, load]), {
      requestsPerSecond: 300,
      requests: 605,
      failed: 1,
      p99: 4,
    });
    assert.deepEqual(meter.read(4500, [trickle, load]), {
      requestsPerSecond: 0,
      requests: 605,
      failed: 1,
    });
  });
});

describe("trafficAt", () => {
  it("counts each request where it ended, in whatever order the log told of them", () => {
    const ends = [
      { time: 2500, latency: 30, failed: false },
      { time: 1500, latency: 10, failed: false },
      { time: 2000, latency: 20, failed: true },
      { time: 9000, latency: 90, failed: false },
    ];
    assert.deepEqual(trafficAt([1000, 2000, 4000, 5000], ends), [
      { requestsPerSecond: 0, requests: 0, failed: 0 },
      { requestsPerSecond: 2, requests: 2, failed: 1, p99: 20 },
      { requestsPerSecond: 0.5, requests: 3, failed: 1, p99: 30 },
      { requestsPerSecond: 0, requests: 3, failed: 1 },
    ]);
  });
});
