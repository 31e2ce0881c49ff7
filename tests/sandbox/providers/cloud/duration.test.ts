import { strictEqual, throws } from "node:assert";

import { durationSeconds } from "../../../../sandbox/providers/cloud/duration";

describe("A duration as Go writes it", () => {
  it("is so many seconds", () => {
    for (const [text, seconds] of [
      ["600s", 600],
      ["1m30s", 90],
      ["2h", 7200],
      ["1500ms", 1.5],
      ["0", 0],
    ] as const) {
      strictEqual(durationSeconds(text), seconds, text);
    }
  });

  it("has a unit", () => {
    for (const text of ["", "10", "s", "10 s", "-1s"]) {
      throws(() => durationSeconds(text), /is no duration/, text);
    }
  });
});
