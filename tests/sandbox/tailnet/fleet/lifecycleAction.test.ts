import { strict as assert } from "node:assert";

import { readLifecycleAction } from "../../../../sandbox/tailnet/fleet/lifecycleAction";

const CALL =
  "autoscaling complete-lifecycle-action --auto-scaling-group-name g --lifecycle-hook-name h " +
  "--instance-id i-1 --lifecycle-action-result CONTINUE";

describe("what an instance says to its group", () => {
  it("is read from the arguments of aws", () => {
    assert.deepEqual(readLifecycleAction(CALL), {
      ...{ group: "g", hook: "h", instance: "i-1", result: "CONTINUE" },
    });
    assert.equal(readLifecycleAction(CALL.replace("CONTINUE", "ABANDON")).result, "ABANDON");
  });

  it("is refused where it is another command, or something is missing or wrong", () => {
    for (const wrong of [
      CALL.replace("complete-lifecycle-action", "describe-tags"),
      CALL.replace("--instance-id i-1 ", ""),
      CALL.replace("CONTINUE", "continue"),
    ]) {
      assert.throws(() => readLifecycleAction(wrong), /expected "autoscaling complete-lifecycle/);
    }
    assert.throws(() => readLifecycleAction(`${CALL} --region x`), /Unknown option '--region'/);
  });
});
