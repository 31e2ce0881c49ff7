import type { TopLevelSpec } from "vega-lite";
import type { Field } from "vega-lite/types_unstable/channeldef.js";
import type { LayerSpec } from "vega-lite/types_unstable/spec/index.js";

import { eventMarks } from "./eventMarks";
import { eventStrip } from "./eventStrip";
import { wrap } from "./fonts";
import { runFacts } from "./runFacts";
import { GREYS, PADDING, PICTURE_WIDTH, PLOT_WIDTH, SIZES, THEME } from "./theme";
import { timeTicks, type TimeWindow } from "./timeWindow";
import type { LoadRecord } from "../record";

export type Layers = LayerSpec<Field>["layer"];

/** One of the graphs that stand below each other over the same time. */
export interface Panel {
  name: string;
  /** Pixels. */
  height: number;
  /** Marks of rows that have their time, in seconds since the load began, in `at`. */
  layer: Layers;
}

/** What a chart shows. */
export interface ChartContent {
  /** What is to be seen, with figures. */
  title: string;
  /** One line each. */
  subtitle: string[];
  window: TimeWindow;
  panels: Panel[];
}

/** Pixels between two panels: room for the heading of the lower one. */
const SPACING = 34;
/** Panels share nothing but the time that they show. */
export const independent = {
  x: "independent",
  y: "independent",
  color: "independent",
  strokeDash: "independent",
  strokeWidth: "independent",
} as const;
const TEXT_WIDTH = PICTURE_WIDTH - 2 * PADDING;

/** A chart of a record: panels over one time axis, with the marks of what happened through all. */
export function chart(record: LoadRecord, content: ChartContent): TopLevelSpec {
  const { title, subtitle, window, panels } = content;
  const marks = eventMarks(record, window);
  const { loadBegins, loadEnds } = runFacts(record);
  const load = { at: Math.max(loadBegins, window.from), end: Math.min(loadEnds, window.to) };
  const behind: Layers = [
    {
      data: { name: "load", values: load.end > load.at ? [load] : [] },
      mark: { type: "rect", color: GREYS.muted, opacity: 0.08 },
      encoding: { x2: { field: "end" } },
    },
    {
      data: { name: "marks", values: marks },
      mark: { type: "rule", color: { expr: "datum.colour" }, opacity: 0.5 },
    },
  ];
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: {
      text: wrap(title, TEXT_WIDTH, { size: SIZES.title, bold: true }),
      subtitle: subtitle.flatMap((line) => wrap(line, TEXT_WIDTH, { size: SIZES.subtitle })),
    },
    background: "white",
    padding: PADDING,
    spacing: SPACING,
    bounds: "flush",
    resolve: { scale: independent },
    config: THEME,
    vconcat: [
      ...eventStrip(marks, window),
      ...panels.map(({ name, height, layer }, index) => ({
        name,
        width: PLOT_WIDTH,
        height,
        encoding: { x: timeAxis(window, index === panels.length - 1) },
        layer: [...behind, ...layer],
      })),
    ],
  };
}

/** The lowest panel alone has the labels of the time axis. */
function timeAxis({ from, to }: TimeWindow, labels: boolean) {
  const { values, unit } = timeTicks({ from, to });
  return {
    field: "at",
    type: "quantitative" as const,
    scale: { domain: [from, to], nice: false, zero: false },
    axis: {
      values,
      labels,
      ticks: labels,
      labelExpr:
        unit === "minutes" ? "format(datum.value / 60, '~f')" : "format(datum.value, '~f')",
      title: labels ? `${unit} since the load began` : null,
      titleFontWeight: "normal" as const,
      labelOverlap: false,
    },
  };
}
