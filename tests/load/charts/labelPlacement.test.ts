import { strict as assert } from "node:assert";

import { textWidth } from "../../../load/charts/fonts";
import { placeLabels, rowsOf, type PlacedLabel } from "../../../load/charts/labelPlacement";

const STYLE = { size: 11 };
const WIDTH = 800;

function overlap(one: PlacedLabel, other: PlacedLabel): boolean {
  return (
    one.from < other.to &&
    other.from < one.to &&
    one.row < other.row + other.lines.length &&
    other.row < one.row + one.lines.length
  );
}

describe("placeLabels", () => {
  it("keeps one row where there is room", () => {
    const placed = placeLabels(
      [
        { x: 100, text: "load begins" },
        { x: 500, text: "load ends" },
      ],
      WIDTH,
      STYLE,
    );
    assert.deepEqual(
      placed.map(({ row, side }) => [row, side]),
      [
        [0, "right"],
        [0, "right"],
      ],
    );
    assert.equal(rowsOf(placed), 1);
  });

  it("goes a row down where the next one comes too soon", () => {
    const labels = [100, 101, 102].map((x) => ({ x, text: "1 to 4 pods: cpu above target" }));
    const placed = placeLabels(labels, WIDTH, STYLE);
    assert.deepEqual(
      placed.map(({ row }) => row),
      [0, 1, 2],
    );
  });

  it("turns to the left where the right has no room", () => {
    const [label] = placeLabels([{ x: WIDTH - 10, text: "load ends" }], WIDTH, STYLE);
    assert.equal(label?.side, "left");
    assert.ok(label.from > 0 && label.to === WIDTH - 10);
  });

  it("breaks a long text, and takes a row for each line", () => {
    const text = "FailedGetResourceMetric: unable to get metrics for resource cpu ".repeat(3);
    const placed = placeLabels([{ x: 5, text }], WIDTH, STYLE);
    assert.ok(rowsOf(placed) > 2);
    const lines = placed.flatMap(({ lines }) => lines);
    assert.equal(lines.join(" ").trim(), text.trim());
  });

  it("never prints one over another, nor beside the picture, wherever they are", () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
    for (let run = 0; run < 200; run++) {
      const labels = Array.from({ length: 16 }, () => ({
        x: random() * WIDTH,
        text: "word ".repeat(1 + Math.floor(random() * 30)),
      })).sort((one, other) => one.x - other.x);
      const placed = placeLabels(labels, WIDTH, STYLE);
      placed.forEach((label, index) => {
        assert.ok(label.from >= 0 && label.to <= WIDTH, JSON.stringify(label));
        for (const line of label.lines) {
          assert.ok(textWidth(line, STYLE) <= label.to - label.from, line);
        }
        for (const other of placed.slice(index + 1)) {
          assert.ok(!overlap(label, other), JSON.stringify([label, other]));
        }
      });
    }
  });
});
