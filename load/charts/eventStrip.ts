import type { Field } from "vega-lite/types_unstable/channeldef.js";
import type { LayerSpec } from "vega-lite/types_unstable/spec/index.js";

import type { EventMark } from "./eventMarks";
import { GAP, placeLabels, rowsOf } from "./labelPlacement";
import { GREYS, PLOT_WIDTH, SIZES } from "./theme";
import type { TimeWindow } from "./timeWindow";

/** Marks that get a text; a run that has more would be all text. */
const MOST_LABELS = 16;
/** Pixels. */
const ROW = 16;
const STYLE = { size: SIZES.label };

const LEFT = { field: "x", type: "quantitative", scale: null } as const;
const MIDDLE = { field: "y", type: "quantitative", scale: null } as const;

/** The texts of the marks, above the panels, each with a line down to them; none without marks. */
export function eventStrip(marks: readonly EventMark[], window: TimeWindow): LayerSpec<Field>[] {
  if (marks.length === 0) return [];
  const named = namedMarks(marks, window.to);
  const pixels = PLOT_WIDTH / (window.to - window.from);
  const labels = placeLabels(
    named.map(({ at, text }) => ({ x: (at - window.from) * pixels, text })),
    PLOT_WIDTH,
    STYLE,
  );
  const height = rowsOf(labels) * ROW;
  const values = labels.map(({ x, row, lines, side, from, to }, index) => ({
    ...named[index],
    x,
    y: (row + 0.5) * ROW,
    text: lines,
    side,
    from: side === "right" ? from + 1 : from,
    to: side === "right" ? to : to - 1,
    top: row * ROW,
    bottom: (row + lines.length) * ROW,
  }));
  return [
    {
      name: "events",
      width: PLOT_WIDTH,
      height,
      view: { stroke: null },
      data: { name: "labels", values },
      layer: [
        {
          mark: { type: "rule", color: { expr: "datum.colour" }, opacity: 0.5 },
          encoding: { x: LEFT, y: MIDDLE, y2: { value: height } },
        },
        // A line that passes behind a text must not cut it.
        {
          mark: { type: "rect", color: "white" },
          encoding: {
            x: { field: "from", type: "quantitative", scale: null },
            x2: { field: "to" },
            y: { field: "top", type: "quantitative", scale: null },
            y2: { field: "bottom" },
          },
        },
        {
          mark: { type: "circle", color: { expr: "datum.colour" }, size: 30, opacity: 1 },
          encoding: { x: LEFT, y: MIDDLE },
        },
        {
          mark: {
            type: "text",
            fontSize: SIZES.label,
            lineHeight: ROW,
            baseline: "middle",
            align: { expr: "datum.side === 'right' ? 'left' : 'right'" },
            dx: { expr: `datum.side === 'right' ? ${String(GAP)} : -${String(GAP)}` },
            color: GREYS.text,
          },
          encoding: { x: LEFT, y: MIDDLE, text: { field: "text" } },
        },
      ],
    },
  ];
}

/** The marks that get a text, the last of them in place of those that do not. */
function namedMarks(marks: readonly EventMark[], end: number): EventMark[] {
  if (marks.length <= MOST_LABELS) return [...marks];
  const named = marks.slice(0, MOST_LABELS - 1);
  const rest = marks.length - named.length;
  const text = `… and ${String(rest)} more marks, without a text`;
  return [...named, { at: marks[named.length]?.at ?? end, text, colour: GREYS.muted }];
}
