import { strict as assert } from "node:assert";

import { newPods } from "../../../load/charts/newPods";
import { runFacts } from "../../../load/charts/runFacts";
import { syntheticRecord, type SyntheticRun } from "../../support/syntheticRecord";

function podsOf(run: SyntheticRun) {
  const record = syntheticRecord(run);
  return newPods(record, runFacts(record)).map(({ created, ready, gone }) =>
    [created, ready, gone].map((at) => (at === undefined ? undefined : Math.round(at * 10) / 10)),
  );
}

describe("newPods", () => {
  it("are those of the scale-out, each from created to ready and gone", () => {
    assert.deepEqual(podsOf({}), [
      [14.3, 20.2, 251],
      [14.4, 21, 251],
      [14.5, 21.8, 251],
    ]);
  });

  it("are there too where they never became ready", () => {
    const run = { decisions: [[14, 2]] as const, startSeconds: () => Infinity, after: 5 };
    assert.deepEqual(podsOf(run), [[14.1, undefined, undefined]]);
  });

  it("are not those of a later scale-out", () => {
    const decisions = [
      [14, 2],
      [50, 1],
      [80, 2],
    ] as const;
    assert.deepEqual(podsOf({ decisions }), [[14.1, 20, 51]]);
  });
});
