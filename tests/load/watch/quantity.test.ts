import { strict as assert } from "node:assert";

import { quantity } from "../../../load/watch/quantity";

describe("quantity", () => {
  it("reads what API servers write", () => {
    const cases: [string, number][] = [
      ["0", 0],
      ["3", 3],
      ["1500m", 1.5],
      ["250u", 250 * 1e-6],
      ["12n", 12 * 1e-9],
      ["37984Ki", 38_895_616],
      ["120Mi", 125_829_120],
      ["1.5Gi", 1_610_612_736],
      ["2k", 2000],
      ["1e3", 1000],
      ["2E", 2e18],
      ["-1", -1],
    ];
    for (const [text, value] of cases) assert.equal(quantity(text), value, text);
  });

  it("is no number where the text is no quantity", () => {
    for (const text of ["", "much", "12 Mi", "5Xi"]) assert.ok(Number.isNaN(quantity(text)), text);
  });
});
