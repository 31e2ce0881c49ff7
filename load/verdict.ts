import { firstAllReady } from "./allReady";
import { count } from "./count";
import type { Check, LoadEvent, LoadRecord, Verdict } from "./record";
import { SYNC_SECONDS } from "./scaleIn";
import { spansWithin, spanText, unreadSpans, type UnreadSpan } from "./unreadSpans";

/**
 * Seconds that the autoscaler may be without a metric under load. One reading that fails leaves it
 * without until it looks again; with a second one it decides by less than it should.
 */
const UNREAD_SECONDS = SYNC_SECONDS + 5;

/** What counts as having done well. */
export interface Expectations {
  /** Seconds after the load's beginning within which all pods must be ready. */
  within: number;
  /** Times that the autoscaler may ask for more pods. */
  decisions: number;
  /** Seconds after the load's end within which the minimum must be back, or why it is not looked at. */
  back: number | { unchecked: string };
  /** Whether the generator tells what becomes of the requests. */
  counts: boolean;
}

type Seen = Pick<LoadRecord, "target" | "samples" | "events" | "requests" | "load">;

/** Judges what was seen. */
export function judge(seen: Seen, expected: Expectations): Verdict {
  const end = endOf(seen);
  const spans = unreadSpans(seen.samples);
  const underLoad = spansWithin(spans, 0, end);
  const checks = [
    explained(reachedMaximum(seen, expected.within), underLoad),
    fewDecisions(seen, expected.decisions),
    explained(noFlapping(seen), spansWithin(spans, 0, Infinity)),
    metricsRead(underLoad),
    ...(typeof expected.back === "number"
      ? [explained(cameBack(seen, expected.back), spansWithin(spans, end, end + expected.back))]
      : []),
    ...(expected.counts ? [noFailures(seen)] : []),
  ];
  const unchecked = [
    ...(typeof expected.back === "number" ? [] : [expected.back.unchecked]),
    ...(expected.counts
      ? []
      : ["Requests were not counted: this generator does not tell of them."]),
  ];
  return {
    passed: checks.every(({ passed }) => passed),
    checks,
    ...(unchecked.length > 0 && { unchecked }),
  };
}

/** A check that failed while the autoscaler did not read something says so. */
function explained(check: Check, spans: readonly UnreadSpan[]): Check {
  if (check.passed || spans.length === 0) return check;
  return { ...check, measured: `${check.measured} (${spans.map(spanText).join(", ")})` };
}

function reachedMaximum(seen: Seen, within: number): Check {
  const { maxReplicas } = seen.target;
  const during = seen.samples.filter(({ at }) => at >= 0);
  const first = firstAllReady(seen);
  const most = Math.max(0, ...during.map(({ pods }) => pods.ready));
  return {
    name: `${String(maxReplicas)} pods ready`,
    passed: first !== undefined && first.at <= within,
    measured: first === undefined ? `never: at most ${String(most)}` : seconds(first.at),
    allowed: `within ${seconds(within)} of the load`,
  };
}

function fewDecisions({ events }: Seen, most: number): Check {
  const ups = scalings(events).filter(({ at, from, to }) => at >= 0 && to > from);
  const steps = ups.map(({ from, to }) => `${String(from)} to ${String(to)}`).join(", ");
  return {
    name: "decisions to scale out",
    passed: ups.length <= most,
    measured: ups.length === 0 ? "0" : `${String(ups.length)} (${steps})`,
    allowed: `at most ${String(most)}`,
  };
}

/** To and fro: fewer pods while there is load, or more once it is over and pods have been taken. */
function noFlapping(seen: Seen): Check {
  const end = endOf(seen);
  let hasGrown = false;
  let hasShrunk = false;
  const turns = scalings(seen.events).filter(({ at, from, to }) => {
    if (at < 0) return false;
    const isTurn = to < from ? hasGrown && at < end : hasShrunk;
    if (to > from) hasGrown = true;
    // Before that, only what an earlier load had left is taken away.
    else if (hasGrown || at >= end) hasShrunk = true;
    return isTurn;
  });
  const what = turns.map(
    ({ at, from, to }) => `${String(from)} to ${String(to)} at ${seconds(at)}`,
  );
  return {
    name: "no to and fro",
    passed: turns.length === 0,
    measured: turns.length === 0 ? "none" : what.join(", "),
    allowed: "no pods taken under load, none added after it",
  };
}

/** Under load, the autoscaler has to go by all of its metrics. */
function metricsRead(underLoad: readonly UnreadSpan[]): Check {
  const what = underLoad.map((span) => [spanText(span), span.why].filter(Boolean).join(": "));
  return {
    name: "metrics read",
    passed: underLoad.every(({ from, to }) => to - from <= UNREAD_SECONDS),
    measured: what.length === 0 ? "all the time" : what.join("; "),
    allowed: `none missing for more than ${seconds(UNREAD_SECONDS)} of the load`,
  };
}

function cameBack(seen: Seen, within: number): Check {
  const { minReplicas } = seen.target;
  const end = endOf(seen);
  const after = seen.samples.filter(({ at }) => at >= end);
  const back = after.find(
    ({ pods }) => pods.desired === minReplicas && pods.current === minReplicas,
  );
  const last = after.at(-1)?.pods.current;
  const still = last === undefined ? "not looked at" : `not yet: ${String(last)} pods`;
  return {
    name: `back to ${count(minReplicas, "pod")}`,
    passed: back !== undefined && back.at - end <= within,
    measured: back === undefined ? still : seconds(back.at - end),
    allowed: `within ${seconds(within)} of the load's end`,
  };
}

function noFailures({ requests }: Seen): Check {
  const { total, failed, failures } = requests;
  const kinds = Object.entries(failures).map(([text, times]) => `${text}: ${String(times)}`);
  const why = kinds.length === 0 ? "" : ` (${kinds.join(", ")})`;
  return {
    name: "failed requests",
    passed: failed === 0 && total > 0,
    measured: `${String(failed)} of ${String(total)}${why}`,
    allowed: "0, and at least one request",
  };
}

function scalings(events: readonly LoadEvent[]): { at: number; from: number; to: number }[] {
  return events.flatMap(({ kind, at, replicas }) =>
    kind === "scaled" && replicas !== undefined ? [{ at, ...replicas }] : [],
  );
}

/** Seconds from the load's beginning to its end. */
function endOf({ events, load }: Seen): number {
  return events.find(({ kind }) => kind === "load-ends")?.at ?? load.seconds;
}

function seconds(value: number): string {
  return `${Number.isInteger(value) ? String(value) : value.toFixed(1)} s`;
}
