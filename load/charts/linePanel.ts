import { textWidth } from "./fonts";
import type { Panel } from "./chart";
import { AXIS_WIDTH, GREYS, PLOT_WIDTH, SIZES } from "./theme";
import { isWithin, type TimeWindow } from "./timeWindow";

/** A value at a time; null where there was none, which leaves a gap in the line. */
export interface Point {
  /** On the time axis of the panel: seconds since the load began, or milliseconds since the epoch. */
  at: number;
  value: number | null;
}

/** A line of a panel, with its entry in the legend. */
export interface Line {
  name: string;
  colour: string;
  /** Pixels that are drawn, and that are not, in turn; for targets, and what is asked for. @default a whole line */
  dash?: readonly [number, number];
  /** Pixels. @default 2 */
  thick?: number;
  points: readonly Point[];
}

export interface LinePanelArgs {
  name: string;
  /** What is counted, with its unit. */
  heading: string;
  window: TimeWindow;
  /** Those without a value in the window are left out. */
  lines: readonly Line[];
  /** What to say in the panel where no line has a value. */
  ifEmpty: string;
  /** Pixels. */
  height: number;
  /** Pixels. @default that of a panel which has the whole picture */
  width?: number;
  /** Whether a value holds until the next one. */
  steps: boolean;
  /** Whether only whole numbers make sense. */
  whole?: boolean;
  /** Highest value of the axis at least. The lowest is 0, or below where a value is. */
  least: number;
  /** @default right of the heading, in one line */
  legend?: LegendPlace;
}

/** Where a legend stands, within its panel. */
export interface LegendPlace {
  legendX: number;
  legendY: number;
  /** Columns of its entries; 0: all in one line. */
  columns: number;
}

/** Pixels between the heading and the legend right of it. */
const LEGEND_GAP = 24;
const HEADING_Y = -9;
/** Middle of the heading's small letters. */
const MIDDLE_Y = HEADING_Y - 8.5;
/** Square pixels of a line in the legend. */
export const LINE_SIZE = 350;
/** Pixels between two columns of a legend. */
export const COLUMN_PADDING = 18;
/** Share of the axis that is beyond the highest and the lowest value. */
const BEYOND = 0.08;

/** The axis of a panel, with its heading above it, where it can be read without turning one's head. */
export function headedAxis(heading: string) {
  return {
    title: heading,
    titleAngle: 0,
    titleAlign: "left" as const,
    titleBaseline: "bottom" as const,
    titleX: -AXIS_WIDTH,
    titleY: HEADING_Y,
    titleLimit: 0,
    minExtent: AXIS_WIDTH,
    maxExtent: AXIS_WIDTH,
  };
}

/**
 * The legend of a panel, right of its heading.
 *
 * @param symbolSize - Area of a symbol in square pixels.
 */
export function legendBeside(heading: string, symbolSize: number) {
  return {
    orient: "none" as const,
    direction: "horizontal" as const,
    columns: 0,
    columnPadding: COLUMN_PADDING,
    title: null,
    legendX: textWidth(heading, { size: SIZES.heading, bold: true }) - AXIS_WIDTH + LEGEND_GAP,
    legendY: MIDDLE_Y - Math.sqrt(symbolSize) / 2,
    symbolSize,
  };
}

/** A panel of lines; where none has a value, one that says so. */
export function linePanel(args: LinePanelArgs): Panel {
  const { name, heading, window, height } = args;
  const lines = args.lines
    .map((line) => ({ ...line, points: line.points.filter(({ at }) => isWithin(window, at)) }))
    .filter(({ points }) => points.some(({ value }) => value !== null));
  if (lines.length === 0) return notePanel(args);
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value ?? 0));
  const highest = values.reduce((most, value) => Math.max(most, value), args.least);
  const lowest = values.reduce((least, value) => Math.min(least, value), 0);
  const domain = lines.map((line) => line.name);
  const legend = { ...legendBeside(heading, LINE_SIZE), ...args.legend, symbolType: "stroke" };
  const series = { field: "series", type: "ordinal" as const, legend };
  return {
    name,
    height,
    layer: [
      {
        data: {
          name,
          values: lines.flatMap((line) =>
            line.points.map((point) => ({ ...point, series: line.name })),
          ),
        },
        mark: {
          type: "line",
          interpolate: args.steps ? "step-after" : "linear",
          invalid: "break-paths-show-domains",
          strokeCap: "round",
          clip: true,
        },
        encoding: {
          y: {
            field: "value",
            type: "quantitative",
            scale: { domain: [lowest * (1 + BEYOND), highest * (1 + BEYOND)], nice: false },
            axis: {
              ...headedAxis(heading),
              tickCount: Math.max(2, Math.floor(height / 28)),
              ...(args.whole === true && { tickMinStep: 1, format: "d" }),
            },
          },
          color: {
            ...series,
            scale: { domain, range: lines.map(({ colour }) => colour) },
          },
          strokeDash: {
            ...series,
            scale: {
              domain,
              range: lines.map(({ dash = [1, 0] }) => [...dash]),
            },
          },
          strokeWidth: {
            ...series,
            scale: { type: "ordinal", domain, range: lines.map(({ thick = 2 }) => thick) },
          },
        },
      },
    ],
  };
}

/** A panel without values says in words that there are none. */
export function notePanel(args: {
  name: string;
  heading: string;
  window: TimeWindow;
  ifEmpty: string;
  height: number;
  width?: number;
}): Panel {
  const { name, heading, window, ifEmpty, height, width = PLOT_WIDTH } = args;
  return {
    name,
    height,
    layer: [
      {
        data: { name, values: [{ at: (window.from + window.to) / 2, text: ifEmpty }] },
        mark: { type: "text", fontSize: SIZES.label, color: GREYS.muted, limit: width },
        encoding: {
          y: {
            datum: 0.5,
            type: "quantitative",
            scale: { domain: [0, 1] },
            axis: { ...headedAxis(heading), labels: false, ticks: false, grid: false },
          },
          text: { field: "text" },
        },
      },
    ],
  };
}
