import { metricWords } from "../metricWords";
import type { LoadRecord, MetricReading } from "../record";
import type { Panel } from "./chart";
import { inWords } from "./figures";
import { linePanel, type Line } from "./linePanel";
import { COLOURS } from "./theme";
import type { TimeWindow } from "./timeWindow";

/** In the order in which the record names them. */
const METRIC_COLOURS = [COLOURS.blue, COLOURS.purple, COLOURS.orange, COLOURS.skyBlue];

/** Of the targets in one panel: where two are the same, both are seen. */
const DASHES = [
  [8, 4],
  [4, 8],
] as const;

/** Units in the order of their panels, with what the heading says of them. */
const UNITS: readonly (readonly [MetricReading["unit"], string])[] = [
  ["%", "% of the request"],
  ["MiB", "MiB per pod"],
  ["", ""],
];

/** The metrics that the autoscaler reads, each with its target: one panel for each unit. */
export function metricPanels(record: LoadRecord, window: TimeWindow, height: number): Panel[] {
  const metrics = metricsOf(record);
  return UNITS.flatMap(([unit, inHeading]) => {
    const names = metrics.filter((metric) => metric.unit === unit).map(({ name }) => name);
    if (names.length === 0) return [];
    const subject = inWords(names.map(metricWords));
    return [
      linePanel({
        name: unit === "" ? "metrics" : `metrics in ${unit}`,
        heading: unit === "" ? `Metric: ${subject}` : capital(`${subject}, ${inHeading}`),
        window,
        lines: names.flatMap((name, index) =>
          linesOf(record, { name, unit }, colourOf(metrics, name), index),
        ),
        ifEmpty: `the autoscaler had not read ${subject} yet`,
        height,
        steps: true,
        least: 1,
      }),
    ];
  });
}

function linesOf(
  record: LoadRecord,
  { name, unit }: Pick<MetricReading, "name" | "unit">,
  colour: string,
  index: number,
): Line[] {
  const points = (kind: "current" | "target") =>
    record.samples.map(({ at, metrics }) => ({
      at,
      value: metrics.find((metric) => metric.name === name && metric.unit === unit)?.[kind] ?? null,
    }));
  return [
    { name: metricWords(name), colour, points: points("current"), thick: 2.5 },
    {
      name: `target of ${metricWords(name)}`,
      colour,
      dash: DASHES[index % DASHES.length],
      thick: 1.5,
      points: points("target"),
    },
  ];
}

/** Every metric that the record has a reading of, once for each of its units. */
function metricsOf(record: LoadRecord): Pick<MetricReading, "name" | "unit">[] {
  const found = new Map<string, Pick<MetricReading, "name" | "unit">>();
  for (const { name, unit } of record.samples.flatMap(({ metrics }) => metrics)) {
    found.set(`${name} ${unit}`, { name, unit });
  }
  return [...found.values()];
}

function colourOf(metrics: readonly { name: string }[], name: string): string {
  const index = metrics.findIndex((metric) => metric.name === name);
  return METRIC_COLOURS[index % METRIC_COLOURS.length] ?? COLOURS.blue;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
