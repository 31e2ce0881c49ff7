import { strict as assert } from "node:assert";

import { tableOf } from "../../../sandbox/bench/report";
import type { Row } from "../../../sandbox/bench/row";

const PREVIEW: Row = {
  name: "preview",
  unit: "ratio",
  value: 1.456,
  against: "an empty program",
  aim: 1.5,
  runs: { home: [2.9], empty: [2] },
};
const START: Row = { ...PREVIEW, name: "start", unit: "s", value: 21.04, aim: 20 };
const MEMORY: Row = {
  name: "memory",
  unit: "MiB",
  value: 52.6,
  against: "no load",
  runs: {},
};

/** The cells of a table, without its head and rule. */
const cellsOf = (table: string): string[][] =>
  table
    .split("\n")
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );

describe("the table of the benchmark", () => {
  it("says of each row what it is measured against, what is aimed at, and whether that is met", async () => {
    assert.deepEqual(cellsOf(await tableOf([PREVIEW, START, MEMORY])), [
      ["preview", "1.46 times", "an empty program", "at most 1.50 times", "yes"],
      ["start", "21.0 s", "an empty program", "at most 20.0 s", "NO"],
      ["memory", "53 MiB", "no load", "", ""],
    ]);
  });

  it("has the rows of an earlier run beside those of the same name", async () => {
    const earlier = [{ ...START, value: 42.08 }];
    const cells = cellsOf(await tableOf([PREVIEW, START], earlier));
    assert.deepEqual(
      cells.map((row) => row.slice(-2)),
      [
        ["", ""],
        ["42.1 s", "0.50"],
      ],
    );
  });
});
