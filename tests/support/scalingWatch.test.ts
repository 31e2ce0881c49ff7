import { strict as assert } from "node:assert";

import { isFollowed, longest, type ScalingLook } from "./scalingWatch";

/** A look at so many seconds, with autoscalers that are active or not. */
function look(seconds: number, ...actives: boolean[]): ScalingLook {
  const autoscalers = actives.map((isActive) => ({ name: "", isActive }));
  return { time: seconds * 1000, autoscalers, replicas: 4, pods: [] };
}

describe("isFollowed", () => {
  it("is one autoscaler that is active, and no other beside it", () => {
    assert.ok(isFollowed(look(0, true)));
    for (const not of [look(0), look(0, false), look(0, true, true), look(0, false, true)]) {
      assert.ok(!isFollowed(not));
    }
  });
});

describe("longest", () => {
  const isLeft = (one: ScalingLook): boolean => !isFollowed(one);

  it("is the longest time, up to the look at which it was over", () => {
    const looks = [
      ...[look(0, true), look(1, true, true), look(2, true, true), look(3, true)],
      ...[look(4, false), look(9, false), look(10, true), look(11)],
    ];
    assert.equal(longest(looks, isLeft), 6);
  });

  it("is nothing where it never held, and goes on to the last look where it still does", () => {
    assert.equal(longest([look(0, true), look(5, true)], isLeft), 0);
    assert.equal(longest([look(0, true), look(5), look(12)], isLeft), 7);
  });
});
