import { strict as assert } from "node:assert";

import { oneAtATime } from "../../../components/live/oneAtATime";

describe("oneAtATime", () => {
  let asked: string[];
  let answer: (() => void)[];
  let refuse: ((why: Error) => void)[];
  const ask = (about: string): Promise<number> => {
    asked.push(about);
    const count = asked.length;
    return new Promise((resolve, reject) => {
      answer.push(() => {
        resolve(count);
      });
      refuse.push(reject);
    });
  };

  beforeEach(() => {
    asked = [];
    answer = [];
    refuse = [];
  });

  it("asks once for all who ask while it is under way, and anew for the next", async () => {
    const shared = oneAtATime(ask);
    const all = [shared("a"), shared("a"), shared("b")];
    assert.deepEqual(asked, ["a", "b"]);
    for (const one of answer) one();
    assert.deepEqual(await Promise.all(all), [1, 1, 2]);
    const next = shared("a");
    answer[2]?.();
    assert.equal(await next, 3);
  });

  it("asks anew after an answer that was none", async () => {
    const shared = oneAtATime(ask);
    const both = [shared("a"), shared("a")];
    refuse[0]?.(new Error("no"));
    for (const one of both) await assert.rejects(one, /no/);
    const next = shared("a");
    answer[1]?.();
    assert.equal(await next, 2);
  });
});
