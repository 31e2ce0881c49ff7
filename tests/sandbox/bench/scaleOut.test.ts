import { strict as assert } from "node:assert";

import type { LoadRecord, MetricReading } from "../../../load/record";
import { checkByRequestsAlone, secondsUntilReady } from "../../../sandbox/bench/scaleOut";
import { syntheticRecord } from "../../support/syntheticRecord";

/** When the autoscaler asks for three pods, and when for four. */
const DECIDED = { three: 14, four: 29 };

const CPU: MetricReading = { name: "cpu", unit: "%", current: 22, target: 50 };
const MEMORY: MetricReading = { name: "memory", unit: "MiB", current: 51, target: 204 };
const REQUESTS: MetricReading = { name: "requests", unit: "", current: 45, target: 10 };

/** A run of two decisions, with what the autoscaler read at each second. */
function run(readings: (at: number) => MetricReading[]): LoadRecord {
  const { three, four } = DECIDED;
  const record = syntheticRecord({
    seconds: 60,
    decisions: [
      [three, 3],
      [four, 4],
    ],
    startSeconds: () => 2,
  });
  return {
    ...record,
    samples: record.samples.map((sample) => ({ ...sample, metrics: readings(sample.at) })),
  };
}

const byRequests = (): LoadRecord => run(() => [CPU, MEMORY, REQUESTS]);

describe("secondsUntilReady", () => {
  it("counts from the load until the last pod that there may be is ready, not until it is asked for", () => {
    // Asked for at 29 s, made 0.3 s later, ready in 2: the next look is at 32.
    assert.equal(secondsUntilReady(byRequests(), "npm start"), 32);
  });

  it("counts no pods that were ready before the load", () => {
    const { samples, ...rest } = byRequests();
    const early = samples.map((sample) =>
      sample.at < 0 ? { ...sample, pods: { ...sample.pods, ready: 4 } } : sample,
    );
    assert.equal(secondsUntilReady({ ...rest, samples: early }, "npm start"), 32);
  });

  it("says how far it came where that was not to all of them, and how to see why", () => {
    const record = syntheticRecord({ seconds: 60, decisions: [[14, 3]] });
    assert.throws(() => secondsUntilReady(record, "npm start"), {
      name: "UserError",
      message:
        "The autoscaler did not get to 4 ready pods in 60 s of load, but to 3. See why: npm start",
    });
  });
});

describe("checkByRequestsAlone", () => {
  it("takes a run in which cpu and memory stay below their targets", () => {
    checkByRequestsAlone(byRequests());
  });

  it("takes one in which cpu comes to its target once all pods are asked for", () => {
    const { four } = DECIDED;
    checkByRequestsAlone(run((at) => [{ ...CPU, current: at > four ? 90 : 49 }, MEMORY, REQUESTS]));
  });

  it("refuses one in which cpu was at its target between the decisions", () => {
    const { three, four } = DECIDED;
    const isBetween = (at: number): boolean => at > three && at < four;
    const record = run((at) => [{ ...CPU, current: isBetween(at) ? 50 : 20 }, MEMORY, REQUESTS]);
    assert.throws(() => {
      checkByRequestsAlone(record);
    }, /^UserError: It was not requests alone that asked for 4 pods: before that, cpu was at 50 %, and its target is 50 %\. Measure again/);
  });

  it("refuses one in which what the last decision was made by has memory above its target, too", () => {
    const { four } = DECIDED;
    const record = run((at) => [
      { ...CPU, current: at >= four ? 77.4 : 20 },
      { ...MEMORY, current: at >= four ? 204.5 : 51 },
      REQUESTS,
    ]);
    assert.throws(() => {
      checkByRequestsAlone(record);
    }, /cpu was at 77 %, and its target is 50 %, and memory was at 205 MiB, and its target is 204 MiB\./);
  });

  it("refuses one in which cpu or memory was not read: nothing is known then", () => {
    const record = run(() => [MEMORY, REQUESTS]);
    assert.throws(() => {
      checkByRequestsAlone(record);
    }, /before that, cpu was not read\./);
  });
});
