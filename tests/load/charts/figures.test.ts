import { strict as assert } from "node:assert";

import { count, inWords, number, seconds, shortSeconds } from "../../../load/charts/figures";

describe("figures", () => {
  it("say times in seconds, and from two minutes on in minutes", () => {
    const said = [0, 38.4, -2.6, 119.4, 119.6, 125, -180].map(seconds);
    assert.deepEqual(said, ["0 s", "38 s", "−3 s", "119 s", "2 min", "2 min 5 s", "−3 min"]);
    assert.equal(shortSeconds(6.14), "6.1 s");
  });

  it("say numbers as people read them", () => {
    assert.deepEqual([2.44, 9, 412.3, 52310].map(number), ["2.4", "9", "412", "52,310"]);
    assert.deepEqual(
      [1, 4, 1200].map((value) => count(value, "pod")),
      ["1 pod", "4 pods", "1,200 pods"],
    );
  });

  it("list things in words", () => {
    assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(inWords), [
      "",
      "a",
      "a and b",
      "a, b and c",
    ]);
  });
});
