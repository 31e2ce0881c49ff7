import type { LoadEvent, LoadRecord } from "../record";

/** A `scaled` event, with its numbers of pods. */
export interface Decision {
  /** Seconds since the load began. */
  at: number;
  from: number;
  to: number;
}

/** What a run came to, as the titles of its charts say it; times in seconds since the load began. */
export interface RunFacts {
  loadBegins: number;
  /** End of the load, or of the record where it was cut off before. */
  loadEnds: number;
  readyBefore: number;
  readyMost: number;
  /** When as many as `readyMost` were ready for the first time. */
  readyMostAt: number;
  readyLast: number;
  /** Since when as few as `readyLast` have been ready; undefined where none went. */
  readyLastAt?: number;
  /** Decisions for more pods, up to the first one for fewer. */
  scaleOuts: Decision[];
  /** When the first decision for fewer pods came; undefined where none did. */
  scaleInAt?: number;
}

export function runFacts(record: LoadRecord): RunFacts {
  const { samples, events, target } = record;
  // A roll-out has one pod more for a moment, which nobody asked for.
  const ready = samples.map(({ at, pods }) => ({
    at,
    count: Math.min(pods.ready, target.maxReplicas),
  }));
  const last = ready.at(-1) ?? { at: 0, count: 0 };
  const loadBegins = timeOf(events, "load-begins") ?? 0;
  const loadEnds = timeOf(events, "load-ends") ?? Math.min(last.at, record.load.seconds);
  const before = ready.findLast(({ at }) => at < loadBegins) ?? ready.at(0) ?? last;
  const since = ready.filter(({ at }) => at >= loadBegins);
  const readyMost = since.reduce((most, { count }) => Math.max(most, count), before.count);
  const most = since.find(({ count }) => count === readyMost) ?? before;
  const lastOther = ready.findLast(({ count }) => count !== last.count);
  const back = ready.find(({ at }) => lastOther !== undefined && at > lastOther.at);
  const decisions = decisionsOf(events).filter(({ at }) => at >= loadBegins);
  const scaleInAt = decisions.find(({ from, to }) => to < from)?.at;
  return {
    loadBegins,
    loadEnds,
    readyBefore: before.count,
    readyMost,
    readyMostAt: most.at,
    readyLast: last.count,
    readyLastAt: last.count < readyMost ? back?.at : undefined,
    scaleOuts: decisions.filter(
      ({ at, from, to }) => to > from && (scaleInAt === undefined || at < scaleInAt),
    ),
    scaleInAt,
  };
}

function decisionsOf(events: readonly LoadEvent[]): Decision[] {
  return events.flatMap(({ kind, at, replicas }) =>
    kind === "scaled" && replicas !== undefined ? [{ at, ...replicas }] : [],
  );
}

function timeOf(events: readonly LoadEvent[], kind: LoadEvent["kind"]): number | undefined {
  return events.find((event) => event.kind === kind)?.at;
}
