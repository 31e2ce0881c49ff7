import { UserError } from "../../host/userError";
import type { LoadRecord, Sample } from "../record";
import { seconds } from "./figures";

/** The part of a run that a chart shows, in seconds since the load began. */
export interface TimeWindow {
  from: number;
  to: number;
}

/** Steps between two labels of the time axis, in seconds. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600],
  ...[7200, 10_800, 21_600, 43_200, 86_400],
];
const MOST_LABELS = 12;
/** Seconds from which on the axis counts minutes. */
const IN_MINUTES_FROM = 300;

/**
 * A window no larger than what was seen.
 *
 * @throws UserError where nothing was seen for a while between the two times.
 */
export function windowWithin(record: LoadRecord, from: number, to: number): TimeWindow {
  const times = samplesWithin(record, { from, to }).map(({ at }) => at);
  const [first, last] = [record.samples.at(0)?.at ?? NaN, record.samples.at(-1)?.at ?? NaN];
  if (times.length < 2 || times[0] === times.at(-1)) {
    throw new UserError(
      `No charts can be drawn of the load test that began at ${record.startedAt}: it has no two samples ` +
        `from ${seconds(from)} to ${seconds(to)}, but some from ${seconds(first)} to ${seconds(last)}.`,
    );
  }
  return { from: Math.max(first, from), to: Math.min(last, to) };
}

export function isWithin({ from, to }: TimeWindow, at: number): boolean {
  return from <= at && at <= to;
}

export function samplesWithin(record: LoadRecord, window: TimeWindow): Sample[] {
  return record.samples.filter(({ at }) => isWithin(window, at));
}

/** Where the time axis has its labels, and what it counts. */
export interface TimeTicks {
  /** Seconds, from the same time on as the window's. */
  values: number[];
  unit: "seconds" | "minutes";
}

/** @param most - Labels that there is room for. */
export function timeTicks({ from, to }: TimeWindow, most = MOST_LABELS): TimeTicks {
  const unit = to - from >= IN_MINUTES_FROM ? "minutes" : "seconds";
  const fits = (step: number): boolean =>
    (to - from) / step <= most && (unit === "seconds" || step % 60 === 0);
  const step = STEPS.find(fits) ?? (to - from) / most;
  const values: number[] = [];
  for (let value = Math.ceil(from / step) * step; value <= to; value += step) {
    values.push(value === 0 ? 0 : value);
  }
  return { values, unit };
}
