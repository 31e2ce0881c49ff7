import { count } from "./count";
import type { Check, LoadEvent, LoadRecord, Verdict } from "./record";

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
  const checks = [
    reachedMaximum(seen, expected.within),
    fewDecisions(seen, expected.decisions),
    noFlapping(seen),
    ...(typeof expected.back === "number" ? [cameBack(seen, expected.back)] : []),
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

function reachedMaximum({ target, samples }: Seen, within: number): Check {
  const { maxReplicas } = target;
  const during = samples.filter(({ at }) => at >= 0);
  const first = during.find(({ pods }) => pods.ready >= maxReplicas);
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
function noFlapping({ events, load }: Seen): Check {
  const end = timeOf(events, "load-ends") ?? load.seconds;
  let hasGrown = false;
  let hasShrunk = false;
  const turns = scalings(events).filter(({ at, from, to }) => {
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

function cameBack({ target, samples, events, load }: Seen, within: number): Check {
  const { minReplicas } = target;
  const end = timeOf(events, "load-ends") ?? load.seconds;
  const after = samples.filter(({ at }) => at >= end);
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

function timeOf(events: readonly LoadEvent[], kind: LoadEvent["kind"]): number | undefined {
  return events.find((event) => event.kind === kind)?.at;
}

function seconds(value: number): string {
  return `${Number.isInteger(value) ? String(value) : value.toFixed(1)} s`;
}
