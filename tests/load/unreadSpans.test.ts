import { strict as assert } from "node:assert";

import type { Sample } from "../../load/record";
import { spansWithin, spanText, unreadSpans } from "../../load/unreadSpans";

function samples(...unread: (string | undefined)[][]): Sample[] {
  return unread.map((names, at) => ({
    at,
    pods: { desired: 1, current: 1, ready: 1, endpoints: 1 },
    metrics: [],
    traffic: { requestsPerSecond: 0, requests: 0, failed: 0 },
    unread: names.map((text = "") => {
      const [name = "", why = ""] = text.split(": ");
      return { name, why };
    }),
  }));
}

describe("unreadSpans", () => {
  it("go from the first look without a reading to the first with one, each metric by itself", () => {
    assert.deepEqual(unreadSpans(samples([], ["a"], ["a", "b"], ["b"], [], ["a"])), [
      { metric: "a", from: 1, to: 3, why: "" },
      { metric: "b", from: 2, to: 4, why: "" },
      { metric: "a", from: 5, to: 5, why: "" },
    ]);
  });

  it("have the last words about it", () => {
    const [span] = unreadSpans(samples(["a"], ["a: error"], ["a: refused"], ["a"]));
    assert.deepEqual(span, { metric: "a", from: 0, to: 3, why: "refused" });
  });

  it("are none where all is read, or nothing is known", () => {
    const [known] = samples([]);
    assert.ok(known !== undefined);
    const old = { ...known };
    delete old.unread;
    assert.deepEqual(unreadSpans([known, old]), []);
  });
});

describe("spansWithin", () => {
  it("cuts off what lies outside", () => {
    const span = (from: number, to: number) => ({ metric: "a", from, to, why: "" });
    assert.deepEqual(spansWithin([span(-5, 3), span(4, 5), span(8, 20), span(10, 12)], 0, 10), [
      span(0, 3),
      span(4, 5),
      span(8, 10),
    ]);
  });
});

describe("spanText", () => {
  it("names the metric as people do", () => {
    assert.equal(
      spanText({ metric: "requests-per-second", from: 31.2, to: 117.6, why: "" }),
      "requests per second not read from 31 to 118 s",
    );
  });
});
