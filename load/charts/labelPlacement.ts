import { textWidth, wrap, type TextStyle } from "./fonts";

/** A label that points at a place on a horizontal axis. */
export interface Label {
  /** Pixels from the left. */
  x: number;
  text: string;
}

/** A label with its place among the others. */
export interface PlacedLabel {
  x: number;
  /** First of the rows it takes, one a line, counted from the top. */
  row: number;
  lines: string[];
  /** Side of `x` on which the text stands. */
  side: "left" | "right";
  /** Pixels that the text takes, with a gap at either side. */
  from: number;
  to: number;
}

/** Pixels between a label's line and its text, and at the other side of the text. */
export const GAP = 7;
/** Pixels of a line; on one side or the other, half of all there is is free. */
const WIDEST = 380;

/**
 * Places labels in rows so that none prints over another: each stands right of its `x`, or left of
 * it where the right has no room, and below all that its line would cut on its way down.
 *
 * @param labels - In the order of `x`.
 * @param width - Pixels that there are.
 */
export function placeLabels(
  labels: readonly Label[],
  width: number,
  style: TextStyle,
): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  for (const { x, text } of labels) {
    const lines = wrap(text, Math.min(WIDEST, width / 2 - 2 * GAP), style);
    const wide = Math.max(...lines.map((line) => textWidth(line, style))) + 2 * GAP;
    const side = x + wide <= width ? "right" : "left";
    const [from, to] = side === "right" ? [x, x + wide] : [x - wide, x];
    const above = placed.filter((other) => other.from < to && from < other.to);
    const row = Math.max(0, ...above.map((other) => other.row + other.lines.length));
    placed.push({ x, row, lines, side, from, to });
  }
  return placed;
}

/** Rows that placed labels take. */
export function rowsOf(labels: readonly PlacedLabel[]): number {
  return Math.max(0, ...labels.map(({ row, lines }) => row + lines.length));
}
