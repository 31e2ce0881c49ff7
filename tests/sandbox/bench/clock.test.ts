import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

import { inTurns } from "../../../sandbox/bench/clock";

describe("inTurns", () => {
  it("does the things one after the other, and does not count the first turn", async () => {
    const done: string[] = [];
    const runs = await inTurns(
      {
        quick: () => Promise.resolve(done.push("quick")),
        slow: async () => {
          await sleep(done.length < 2 ? 500 : 50);
          done.push("slow");
        },
      },
      2,
    );
    assert.deepEqual(done, ["quick", "slow", "quick", "slow", "quick", "slow"]);
    assert.equal(runs.quick.length, 2);
    assert.equal(runs.slow.length, 2);
    assert.ok(Math.max(...runs.slow) < 0.5, "the first turn was counted");
    assert.ok(Math.min(...runs.slow) > 0.045);
    assert.ok(Math.max(...runs.quick) < Math.min(...runs.slow));
  });
});
