import type { TopLevelSpec } from "vega-lite";

import { textWidth, wrap } from "../../load/charts/fonts";
import {
  COLUMN_PADDING,
  LINE_SIZE,
  linePanel,
  type LegendPlace,
  type Line,
} from "../../load/charts/linePanel";
import { AXIS_WIDTH, PADDING, PICTURE_WIDTH, SIZES, THEME } from "../../load/charts/theme";
import { timeTicks } from "../../load/charts/timeWindow";
import type { Answers } from "./answers";
import { COLUMNS, type Dashboard, type DashboardPanel } from "./grafanaDashboard";
import { linesOf, namedColours, type NamedColours } from "./lines";
import type { TimeRange } from "./queryRange";
import { headingOf, shownAs } from "./units";

/** Pixels of a panel, within its axes. */
const PANEL_HEIGHT = 110;
/** Pixels right of a panel: half of its last time label. */
const RIGHT = 18;
/** Pixels that a label of the time axis takes at least, by what it counts. */
const TIME_LABEL = { minutes: 48, seconds: 68 } as const;
/** Pixels between a panel and its legend: the labels of the time axis. */
const TIME_LABELS = 24;
/** Pixels between a symbol of the legend and its text. */
const SYMBOL_GAP = 6;
const TEXT_WIDTH = PICTURE_WIDTH - 2 * PADDING;

/** Pixels of the topmost line where lines are drawn within each other. */
const THINNEST = 2;
/** Pixels between two rows. */
const ROW_SPACING = 18;
const ROW_TITLE = { anchor: "start", frame: "bounds", fontSize: 14, offset: 10 } as const;
/** Panels share nothing but the time that they show. */
const independent = {
  x: "independent",
  y: "independent",
  color: "independent",
  strokeDash: "independent",
  strokeWidth: "independent",
} as const;

const HOW =
  "Drawn from the queries of the dashboard that is in the cluster, as its Prometheus answered them; there is no Grafana here.";

/** A dashboard as one picture: its rows below each other, each with its panels side by side. */
export function drawing(dashboard: Dashboard, answers: Answers, range: TimeRange): TopLevelSpec {
  const colours = namedColours(dashboard, answers);
  const cells = dashboard.rows.flatMap(({ title, panels }) =>
    linesOfPanels(panels).map((side, index) => ({ title: index === 0 ? title : "", side })),
  );
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: {
      text: wrap(dashboard.title, TEXT_WIDTH, { size: SIZES.title, bold: true }),
      subtitle: [periodInWords(range), ...wrap(HOW, TEXT_WIDTH, { size: SIZES.subtitle })],
    },
    background: "white",
    padding: PADDING,
    spacing: ROW_SPACING,
    config: THEME,
    vconcat: cells.map(({ title, side }) => ({
      ...(title !== "" && { title: { ...ROW_TITLE, text: title } }),
      bounds: "flush" as const,
      spacing: AXIS_WIDTH + RIGHT,
      hconcat: side.map((panel) => panelSpec(panel, answers, range, colours)),
      resolve: { scale: independent },
    })),
    resolve: { scale: independent },
  };
}

/** Panels that stand side by side, as Grafana breaks a row: where its columns are full. */
function linesOfPanels(panels: readonly DashboardPanel[]): DashboardPanel[][] {
  const sides: DashboardPanel[][] = [];
  let taken = COLUMNS;
  for (const panel of panels) {
    if (taken + panel.columns > COLUMNS) {
      sides.push([]);
      taken = 0;
    }
    sides.at(-1)?.push(panel);
    taken += panel.columns;
  }
  return sides;
}

function panelSpec(
  panel: DashboardPanel,
  answers: Answers,
  range: TimeRange,
  colours: NamedColours,
) {
  const width = Math.floor((TEXT_WIDTH * panel.columns) / COLUMNS) - AXIS_WIDTH - RIGHT;
  const raw = linesOf(panel, answers, range, colours);
  const values = raw.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const highest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const { divisor, unit } = shownAs(panel.unit, highest);
  // Counts of things: a line between two would pass numbers that there never were.
  const whole = panel.unit === "short" && values.every(Number.isInteger);
  const window = { from: range.from * 1000, to: range.to * 1000 };
  const { layer } = linePanel({
    name: panel.title,
    heading: headingOf(panel.title, unit),
    window,
    lines: (whole ? nested(raw) : raw).map((line) => ({
      ...line,
      points: line.points.map(({ at, value }) => ({
        at,
        value: value === null ? null : value / divisor,
      })),
    })),
    ifEmpty: "no values",
    height: PANEL_HEIGHT,
    width,
    steps: whole,
    whole,
    least: 1,
    legend: legendBelow(raw, width),
  });
  return {
    name: panel.title,
    width,
    height: PANEL_HEIGHT,
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
    legendY: PANEL_HEIGHT + TIME_LABELS,
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

/** Such as "2026-01-02, 03:04 to 03:34 UTC". */
export function periodInWords({ from, to }: TimeRange): string {
  const words = (time: number): [day: string, clock: string] => {
    const text = new Date(time * 1000).toISOString();
    return [text.slice(0, 10), text.slice(11, 16)];
  };
  const [[day, begin], [lastDay, end]] = [words(from), words(to)];
  return `${day}, ${begin} to ${lastDay === day ? end : `${lastDay}, ${end}`} UTC`;
}
