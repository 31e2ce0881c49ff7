import { textWidth } from "../../load/charts/fonts";
import {
  COLUMN_PADDING,
  LINE_SIZE,
  linePanel,
  type LegendPlace,
  type Line,
} from "../../load/charts/linePanel";
import { AXIS_WIDTH, SIZES } from "../../load/charts/theme";
import { timeTicks } from "../../load/charts/timeWindow";
import type { Answers } from "./answers";
import type { DashboardPanel } from "./grafanaDashboard";
import { linesOf, type NamedColours } from "./lines";
import type { TimeRange } from "./queryRange";
import { headingOf, shownAs } from "./units";

/** Pixels of a panel, within its axes. */
const HEIGHT = 110;
/** Pixels from a panel to the next: half of its last time label, and the other's axis. */
export const BETWEEN_PANELS = 18 + AXIS_WIDTH;
/** Pixels that a label of the time axis takes at least, by what it counts. */
const TIME_LABEL = { minutes: 48, seconds: 68 } as const;
/** Pixels between a panel and its legend: the labels of the time axis. */
const TIME_LABELS = 24;
/** Pixels between a symbol of the legend and its text. */
const SYMBOL_GAP = 6;
/** Pixels of the topmost line where lines are drawn within each other. */
const THINNEST = 2;

export interface PanelSetting {
  answers: Answers;
  range: TimeRange;
  colours: NamedColours;
  /** Pixels from the labels of the axis to the next panel's. */
  width: number;
}

/** A panel: its lines over the time, heading and legend, in the unit that reads best. */
export function panelDrawing(panel: DashboardPanel, setting: PanelSetting) {
  const { answers, range, colours } = setting;
  const width = setting.width - BETWEEN_PANELS;
  const raw = linesOf(panel, answers, range, colours);
  const values = raw.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const highest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const { divisor, unit } = shownAs(panel.unit, highest);
  // Counts of things: a line between two would pass numbers that there never were.
  const whole = panel.unit === "short" && values.every(Number.isInteger);
  const window = { from: range.from * 1000, to: range.to * 1000 };
  const { layer } = linePanel({
    name: panel.title,
    heading: values.length === 0 ? panel.title : headingOf(panel.title, unit),
    window,
    lines: (whole ? nested(raw) : raw).map((line) => ({
      ...line,
      points: line.points.map(({ at, value }) => ({
        at,
        value: value === null ? null : value / divisor,
      })),
    })),
    ifEmpty: "no values",
    height: HEIGHT,
    width,
    steps: whole,
    whole,
    least: 1,
    legend: legendBelow(raw, width),
  });
  return {
    name: panel.title,
    width,
    height: HEIGHT,
    encoding: { x: timeAxis(range, width) },
    layer,
  };
}

/** Counts often are the same: then the first is seen at both sides of the next. */
function nested(lines: readonly Line[]): Line[] {
  const solid = lines.filter(({ dash }) => dash === undefined);
  return lines.map((line) => {
    const above = solid.length - 1 - solid.indexOf(line);
    return line.dash === undefined ? { ...line, thick: THINNEST + 2 * above } : line;
  });
}

/** A legend below its panel, in as many columns as the longest name leaves room for. */
function legendBelow(lines: readonly Line[], width: number): LegendPlace {
  const names = lines.map(({ name }) => textWidth(name, { size: SIZES.label }));
  const column = Math.max(0, ...names) + Math.sqrt(LINE_SIZE) + SYMBOL_GAP + COLUMN_PADDING;
  return {
    legendX: -AXIS_WIDTH,
    legendY: HEIGHT + TIME_LABELS,
    columns: Math.max(1, Math.floor((width + AXIS_WIDTH + COLUMN_PADDING) / column)),
  };
}

function timeAxis({ from, to }: TimeRange, width: number) {
  const { unit } = timeTicks({ from, to });
  const { values } = timeTicks({ from, to }, Math.floor(width / TIME_LABEL[unit]));
  return {
    field: "at",
    type: "temporal" as const,
    scale: { type: "utc" as const, domain: [from * 1000, to * 1000], nice: false },
    axis: {
      values: values.map((time) => time * 1000),
      format: unit === "minutes" ? "%H:%M" : "%H:%M:%S",
      title: null,
      labelOverlap: false,
    },
  };
}
