import { metricWords } from "./metricWords";
import type { Sample } from "./record";

/** A time in which the autoscaler did not read a metric that it goes by. */
export interface UnreadSpan {
  metric: string;
  /** Seconds since the load began. */
  from: number;
  /** That of the first sample with a reading, or of the last sample. */
  to: number;
  /** Why, in the last words about it; "" where there were none. */
  why: string;
}

/** All of them, in the order of their beginnings. */
export function unreadSpans(samples: readonly Sample[]): UnreadSpan[] {
  const spans: UnreadSpan[] = [];
  const open = new Map<string, UnreadSpan>();
  for (const { at, unread = [] } of samples) {
    for (const [metric, span] of open) {
      span.to = at;
      if (!unread.some(({ name }) => name === metric)) open.delete(metric);
    }
    for (const { name: metric, why } of unread) {
      const span = open.get(metric) ?? { metric, from: at, to: at, why };
      if (!open.has(metric)) spans.push(span);
      open.set(metric, span);
      // The first words may come late, and are known less well than those that follow.
      if (why !== "") span.why = why;
    }
  }
  return spans;
}

/** The parts of them that lie between two times. */
export function spansWithin(spans: readonly UnreadSpan[], from: number, to: number): UnreadSpan[] {
  return spans
    .map((span) => ({ ...span, from: Math.max(from, span.from), to: Math.min(to, span.to) }))
    .filter((span) => span.to > span.from);
}

/** Such as "requests per second not read from 31 to 118 s". */
export function spanText({ metric, from, to }: UnreadSpan): string {
  return `${metricWords(metric)} not read from ${whole(from)} to ${whole(to)} s`;
}

function whole(seconds: number): string {
  return String(Math.round(seconds));
}
