import type { Line } from "../../load/charts/linePanel";
import { COLOURS, GREYS } from "../../load/charts/theme";
import type { Answers } from "./answers";
import type { Dashboard, DashboardPanel, Target } from "./grafanaDashboard";
import type { Series, TimeRange } from "./queryRange";

/** Colours of lines, in the order of their queries. */
const PALETTE = [
  COLOURS.blue,
  COLOURS.orange,
  COLOURS.green,
  COLOURS.purple,
  COLOURS.skyBlue,
  COLOURS.vermilion,
];
/** Of constants in one panel: where two are the same, both are seen. */
const DASHES = [
  [6, 4],
  [2, 4],
] as const;
/** Pixels. */
const THIN = 1.5;
const THICK = 2.5;

/** A part of a legend that stands for a label's value. */
const LABEL = /\{\{\s*([^{}\s]+)\s*\}\}/g;
/** PromQL of a bound or a target, which is drawn as it is set. */
const CONSTANT = /^vector\(\s*-?[\d.e+]+\s*\)$/;

/** Colours of the lines that have the name of a label's value, by that name. */
export type NamedColours = ReadonlyMap<string, string>;

/** One colour for each such name of a dashboard: a pod has the same in all panels. */
export function namedColours({ rows }: Dashboard, answers: Answers): NamedColours {
  const targets = rows.flatMap(({ panels }) => panels.flatMap((panel) => panel.targets));
  const byLegend = new Map<string, Set<string>>();
  for (const target of targets.filter(isOfMany)) {
    const names = byLegend.get(target.legend) ?? new Set();
    for (const series of withValues(target, answers)) names.add(nameOf(target, series));
    byLegend.set(target.legend, names);
  }
  return new Map(
    [...byLegend.values()].flatMap((names) =>
      [...names].sort().map((name, index) => [name, colourAt(index)] as const),
    ),
  );
}

/**
 * The lines of a panel, in the order of its queries: constants are dashed and grey; what stands
 * beside lines of single pods or the like, as their average does, is black and thick.
 */
export function linesOf(
  panel: DashboardPanel,
  answers: Answers,
  range: TimeRange,
  colours: NamedColours,
): Line[] {
  const { targets } = panel;
  const hasMany = targets.some(isOfMany);
  const constants = targets.filter(isConstant);
  const others = targets.filter((target) => !isConstant(target) && !isOfMany(target));
  const looksOf = (target: Target, name: string): Omit<Line, "name" | "points"> => {
    if (isConstant(target)) {
      const dash = DASHES[constants.indexOf(target) % DASHES.length] ?? DASHES[0];
      return { colour: GREYS.muted, dash, thick: THIN };
    }
    if (isOfMany(target)) return { colour: colours.get(name) ?? COLOURS.blue, thick: THIN };
    const colour = hasMany ? COLOURS.black : colourAt(others.indexOf(target));
    return { colour, thick: THICK };
  };
  const lines = targets.flatMap((target) =>
    withValues(target, answers)
      .map((series) => ({ series, name: nameOf(target, series) }))
      .sort((one, other) => one.name.localeCompare(other.name))
      .map(({ series, name }) => ({
        name,
        ...looksOf(target, name),
        points: pointsOf(series, range),
      })),
  );
  // What is drawn later lies above: no thick line hides a thin one.
  return apart(lines).sort((one, other) => (other.thick ?? 0) - (one.thick ?? 0));
}

/** A value for each time of the range; null where there is none, which leaves a gap. */
function pointsOf({ values }: Series, { from, to, step }: TimeRange): Line["points"] {
  const points: { at: number; value: number | null }[] = [];
  for (let time = from; time <= to; time += step) {
    points.push({ at: time * 1000, value: values.get(time) ?? null });
  }
  return points;
}

/** Lines of the same name would be drawn as one. */
function apart(lines: readonly Line[]): Line[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const before = seen.get(line.name) ?? 0;
    seen.set(line.name, before + 1);
    return before === 0 ? line : { ...line, name: `${line.name} (${String(before + 1)})` };
  });
}

function withValues({ expr }: Target, answers: Answers): Series[] {
  return (answers.get(expr) ?? []).filter(({ values }) => values.size > 0);
}

function nameOf({ legend }: Target, { labels }: Series): string {
  return legend.replace(LABEL, (_all, label: string) => labels[label] ?? "");
}

function isOfMany({ legend }: Target): boolean {
  return legend.search(LABEL) >= 0;
}

function isConstant({ expr }: Target): boolean {
  return CONSTANT.test(expr);
}

function colourAt(index: number): string {
  return PALETTE[index % PALETTE.length] ?? COLOURS.blue;
}
