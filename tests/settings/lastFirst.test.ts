import { strict as assert } from "node:assert";

import { lastFirst } from "../../settings/lastFirst";

/** The keys in the order in which they are to be mended. */
function order(...problems: [key: string, given: string][]): string[] {
  const whole = problems.map(([key, given]) => ({ key, given, allowed: "", mend: "" }));
  return lastFirst(whole).map(({ key }) => key);
}

describe("lastFirst", () => {
  it("leaves what is in no list where it is", () => {
    assert.deepEqual(order(["b", "1"], ["a.c", "1"], ["a", "1"]), ["b", "a.c", "a"]);
  });

  it("turns the problems of one list round, by number, in the place of its first", () => {
    const keys = order(["a[2]", "1"], ["b", "1"], ["a[10]", "1"], ["c", "1"], ["a[0]", "1"]);
    assert.deepEqual(keys, ["a[10]", "a[2]", "a[0]", "b", "c"]);
  });

  it("puts what is inside of an entry before the entry, which may be removed", () => {
    const keys = order(["a[0].b", "1"], ["a[0].c[1]", "1"], ["a[1].c[0]", "1"], ["a[0].c[0]", "1"]);
    assert.deepEqual(keys, ["a[1].c[0]", "a[0].c[1]", "a[0].c[0]", "a[0].b"]);
  });

  it("lets a list grow from its first missing place on, after all else", () => {
    const keys = order(["a[1]", "nothing"], ["a[0]", "1"], ["a[2]", "nothing"]);
    assert.deepEqual(keys, ["a[0]", "a[1]", "a[2]"]);
  });

  it("takes an entry that lacks something for one that is there", () => {
    const keys = order(["a[0].b", "nothing"], ["a[1].b", "nothing"]);
    assert.deepEqual(keys, ["a[1].b", "a[0].b"]);
  });
});
