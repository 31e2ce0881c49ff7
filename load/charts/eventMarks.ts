import type { LoadEvent, LoadRecord } from "../record";
import { seconds } from "./figures";
import { COLOURS, GREYS } from "./theme";
import { isWithin, type TimeWindow } from "./timeWindow";

/** An event as charts mark it: a line through every panel, and what happened. */
export interface EventMark {
  /** Seconds since the load began. */
  at: number;
  text: string;
  colour: string;
}

/** Events that every chart marks; those of pods are too many, and have a chart of their own. */
const MARKED: Partial<Record<LoadEvent["kind"], string>> = {
  "load-begins": GREYS.muted,
  "load-ends": GREYS.muted,
  scaled: COLOURS.black,
  "metric-lost": COLOURS.vermilion,
  "metric-read": COLOURS.green,
  "fallback-begins": COLOURS.vermilion,
  "fallback-ends": COLOURS.green,
  warning: COLOURS.vermilion,
};

/** Warnings of the autoscaler about a metric that it cannot read. */
const METRIC_WARNING = /^(?:FailedGet\w*Metric|FailedComputeMetricsReplicas): /;

/**
 * The marks within a window. A warning that is repeated is marked once, with how often it came; one
 * that says no more than the mark of a lost metric is left out.
 */
export function eventMarks(record: LoadRecord, window: TimeWindow): EventMark[] {
  const isTold = record.events.some(({ kind }) => kind === "metric-lost");
  const events = record.events.filter(
    ({ at, kind, text }) =>
      isWithin(window, at) && !(isTold && kind === "warning" && METRIC_WARNING.test(text)),
  );
  const warnings = new Map<string, number>();
  for (const { kind, text } of events) {
    if (kind === "warning") warnings.set(text, (warnings.get(text) ?? 0) + 1);
  }
  return events.flatMap(({ at, kind, text }) => {
    const colour = MARKED[kind];
    if (colour === undefined) return [];
    const times = kind === "warning" ? warnings.get(text) : 1;
    if (times === undefined) return [];
    if (kind === "warning") warnings.delete(text);
    const repeated = times > 1 ? ` (${String(times)} times)` : "";
    return [{ at, text: `${seconds(at)} · ${text}${repeated}`, colour }];
  });
}
