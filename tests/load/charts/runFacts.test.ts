import { strict as assert } from "node:assert";

import { runFacts } from "../../../load/charts/runFacts";
import { syntheticRecord } from "../../support/syntheticRecord";

describe("runFacts", () => {
  it("knows when all were ready, and when they were few again", () => {
    assert.deepEqual(runFacts(syntheticRecord()), {
      loadBegins: 0,
      loadEnds: 120,
      readyBefore: 1,
      readyMost: 4,
      readyMostAt: 22,
      readyLast: 1,
      readyLastAt: 251,
      scaleOuts: [{ at: 14.2, from: 1, to: 4 }],
      scaleInAt: 250,
    });
  });

  it("takes for the scale-out what comes before the first scale-in", () => {
    const facts = runFacts(
      syntheticRecord({
        decisions: [
          [14, 2],
          [29, 4],
          [60, 3],
          [75, 4],
        ],
      }),
    );
    assert.deepEqual(
      facts.scaleOuts.map(({ to }) => to),
      [2, 4],
    );
    assert.equal(facts.scaleInAt, 60);
  });

  it("knows of no way back where none went", () => {
    const facts = runFacts(syntheticRecord({ decisions: [[14, 4]], after: 5 }));
    assert.deepEqual(
      [facts.readyLast, facts.readyLastAt, facts.scaleInAt],
      [4, undefined, undefined],
    );
  });

  it("takes the end of the record for that of a load that was cut off", () => {
    const record = syntheticRecord();
    const samples = record.samples.filter(({ at }) => at <= 40);
    const events = record.events.filter(({ at }) => at <= 40);
    assert.equal(runFacts({ ...record, samples, events }).loadEnds, 40);
  });

  it("takes no notice of the pod more that a roll-out has for a moment", () => {
    const record = syntheticRecord();
    const samples = record.samples.map((sample) =>
      sample.pods.ready === record.target.maxReplicas && sample.at > 60
        ? { ...sample, pods: { ...sample.pods, ready: sample.pods.ready + 1 } }
        : sample,
    );
    assert.deepEqual(runFacts({ ...record, samples }), runFacts(record));
  });
});
