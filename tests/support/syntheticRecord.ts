import type { LoadEvent, LoadRecord, MetricReading, Sample } from "../../load/record";

/** A run that never was, for tests of what is made of records. */
export interface SyntheticRun {
  /** Seconds of quiet before the load. @default 20 */
  before?: number;
  /** Seconds of load. @default 120 */
  seconds?: number;
  /** Seconds after the load. @default 240 */
  after?: number;
  /** Seconds between two samples. @default 1 */
  every?: number;
  /** @default 1 */
  minReplicas?: number;
  /** @default 4 */
  maxReplicas?: number;
  /** Decisions: when, and for how many pods. @default to the maximum at 14 s, and back 130 s after the load */
  decisions?: readonly (readonly [at: number, pods: number])[];
  /** Seconds from a pod's creation until it is ready, by its number. @default 5.2 and 0.7 more for each */
  startSeconds?: (pod: number) => number;
  /** Metrics that the autoscaler reads. @default cpu in "%" and memory in "MiB" */
  metrics?: readonly Pick<MetricReading, "name" | "unit">[];
  /** Time of the first reading. @default -Infinity */
  metricsFrom?: number;
  /** A metric that is not read for a time, and made up by KEDA from another time on. @default none */
  lost?: { name: string; from: number; madeUpFrom: number; to: number; why: string };
  /** Share of requests that fail while pods change. @default 0 */
  failing?: number;
  /** Whether requests are answered at all. @default true */
  answered?: boolean;
  /** Events besides those that follow from the rest. */
  events?: readonly LoadEvent[];
  /** @default true */
  passed?: boolean;
}

/** Requests per second that a pod answers. */
const POD_RATE = 160;
/** What is read under full load of one pod, and what is aimed at. */
const LEVELS = {
  "%": { idle: 2, busy: 412, target: 50 },
  MiB: { idle: 56, busy: 98, target: 120 },
  "": { idle: 0, busy: 640, target: 100 },
} as const;

const MEMORY_SHARE = { idle: 28, busy: 49, target: 60 };

/** The same noise at each run, between -1 and 1. */
function noise(at: number): number {
  const value = Math.sin(at * 12.9898) * 43758.5453;
  return 2 * (value - Math.floor(value)) - 1;
}

interface Pod {
  name: string;
  created: number;
  ready: number;
  gone: number;
}

/** A record made of figures, not of a run: its namespace and its cluster's version say so. */
export function syntheticRecord(run: SyntheticRun = {}): LoadRecord {
  const { before = 20, seconds = 120, after = 240, every = 1, passed = true } = run;
  const { minReplicas = 1, maxReplicas = 4, failing = 0, answered = true } = run;
  const decisions = run.decisions ?? [
    [14.2, maxReplicas],
    [seconds + 130, minReplicas],
  ];
  const pods = podsOf(minReplicas, decisions, run.startSeconds ?? ((pod) => 5.2 + 0.7 * pod));
  const samples: Sample[] = [];
  let requests = 0;
  let failed = 0;
  for (let at = -before; at <= seconds + after; at += every) {
    const isLoaded = at > 0 && at <= seconds;
    const ready = pods.filter((pod) => pod.ready <= at && at < pod.gone).length;
    const current = pods.filter((pod) => pod.created <= at && at < pod.gone).length;
    const rate = isLoaded ? Math.round(ready * POD_RATE * (1 + 0.06 * noise(at))) : 0;
    const isChanging = decisions.some(([when]) => at >= when && at < when + 10);
    const lost = isLoaded ? Math.round(rate * (answered ? (isChanging ? failing : 0) : 1)) : 0;
    requests += rate * every;
    failed += lost * every;
    samples.push({
      at,
      pods: { desired: askedFor(minReplicas, decisions, at), current, ready, endpoints: ready },
      ...readAt(
        run,
        at,
        at < (run.metricsFrom ?? -Infinity) ? [] : readings(run, at, ready, seconds),
      ),
      traffic: {
        requestsPerSecond: rate - lost,
        requests,
        failed,
        ...(rate > lost && { p99: 12 + 90 / ready + 4 * noise(at + 0.5) }),
      },
    });
  }
  return {
    version: 1,
    startedAt: "2026-01-02T03:04:05.000Z",
    target: {
      namespace: "synthetic",
      service: "httpbin",
      autoscaler: "httpbin",
      minReplicas,
      maxReplicas,
      url: "http://httpbin/uuid",
      kubernetes: "v0.0.0-synthetic",
    },
    load: { connections: 20, seconds },
    samples,
    events: eventsOf(run, pods, decisions, seconds),
    requests: { total: requests, failed, failures: failed > 0 ? { "503": failed } : {} },
    verdict: {
      passed,
      checks: [
        {
          name: `reached ${String(maxReplicas)} ready pods`,
          passed,
          measured: passed ? "22 s" : `${String(minReplicas)} after ${String(seconds)} s`,
          allowed: "at most 60 s",
        },
        {
          name: "no failed request",
          passed: failed === 0,
          measured: String(failed),
          allowed: "0",
        },
      ],
    },
  };
}

type Decisions = readonly (readonly [at: number, pods: number])[];

function askedFor(minReplicas: number, decisions: Decisions, at: number): number {
  return decisions.findLast(([when]) => when <= at)?.[1] ?? minReplicas;
}

function podsOf(minReplicas: number, decisions: Decisions, starts: (pod: number) => number): Pod[] {
  const pods: Pod[] = [];
  const create = (created: number, ready: number): void => {
    const suffix = (pods.length * 7919 + 28629).toString(36).padStart(5, "x");
    pods.push({ name: `httpbin-6d5f8c9b7d-${suffix}`, created, ready, gone: Infinity });
  };
  for (let pod = 0; pod < minReplicas; pod++) create(-Infinity, -Infinity);
  for (const [at, wanted] of decisions) {
    const there = pods.filter(({ gone }) => gone === Infinity);
    for (let pod = there.length; pod < wanted; pod++) {
      create(at + 0.1 * pod, at + 0.1 * pod + starts(pods.length));
    }
    for (const pod of there.slice(wanted)) pod.gone = at + 1;
  }
  return pods;
}

/** What is read of all that could be. */
function readAt(
  { lost }: SyntheticRun,
  at: number,
  all: MetricReading[],
): Pick<Sample, "metrics" | "unread"> {
  if (lost === undefined || at < lost.from || at >= lost.to) return { metrics: all };
  const { name, why, madeUpFrom } = lost;
  const unread = { name, why, ...(at >= madeUpFrom && { madeUp: 100 }) };
  return { metrics: all.filter((metric) => metric.name !== name), unread: [unread] };
}

/** The autoscaler reads an average of the pods, anew every 15 s. */
function readings(run: SyntheticRun, at: number, ready: number, seconds: number): MetricReading[] {
  const read = Math.floor((at - 14) / 15) * 15 + 14;
  const isBusy = read > 0 && read <= seconds + 29;
  const metrics = run.metrics ?? [
    { name: "cpu", unit: "%" },
    { name: "memory", unit: "MiB" },
  ];
  return metrics.map(({ name, unit }) => {
    const { idle, busy, target } = name === "memory" && unit === "%" ? MEMORY_SHARE : LEVELS[unit];
    const level = isBusy ? idle + (busy - idle) / Math.max(1, ready * 0.9) : idle;
    const current = Math.max(0, Math.round(level * (1 + 0.03 * noise(read + name.length))));
    return { name, unit, current, target };
  });
}

function eventsOf(
  { events = [] }: SyntheticRun,
  pods: readonly Pod[],
  decisions: Decisions,
  seconds: number,
): LoadEvent[] {
  const first = pods.filter(({ created }) => created === -Infinity).length;
  const scaled = decisions.map(([at, to], index): LoadEvent => {
    const from = decisions[index - 1]?.[1] ?? first;
    const why = to > from ? "cpu above target" : "all metrics below target";
    const text = `${String(from)} to ${String(to)} pods: ${why}`;
    return { at, kind: "scaled", text, replicas: { from, to } };
  });
  const ofPods = pods.flatMap(({ name, created, ready, gone }): LoadEvent[] => [
    { at: created, kind: "pod-created", text: `${name} created`, pod: name },
    { at: ready, kind: "pod-ready", text: `${name} ready`, pod: name },
    { at: gone, kind: "pod-gone", text: `${name} gone`, pod: name },
  ]);
  return [
    { at: 0, kind: "load-begins", text: "load begins" } as const,
    { at: seconds, kind: "load-ends", text: "load ends" } as const,
    ...scaled,
    ...ofPods.filter(({ at }) => Number.isFinite(at)),
    ...events,
  ].sort((one, other) => one.at - other.at);
}
