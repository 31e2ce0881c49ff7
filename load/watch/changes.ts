import type { LoadEvent, MetricReading } from "../record";
import type { Look } from "./look";
import { readingsOf } from "./readings";
import { isEnding, isReady } from "./sample";

/** An event; its time is that of the look in which it was seen first. */
export type Change = Omit<LoadEvent, "at">;

/** What has happened between two looks. */
export function changesBetween(before: Look, after: Look): Change[] {
  return [...scaling(before, after), ...pods(before, after), ...warnings(before, after)];
}

function scaling(before: Look, after: Look): Change[] {
  const from = before.autoscaler.status?.desiredReplicas;
  const to = after.autoscaler.status?.desiredReplicas;
  if (from === undefined || to === undefined || from === to) return [];
  const readings = readingsOf(after.autoscaler);
  const why = to > from ? above(readings) : "all metrics below their targets";
  const text = `${String(from)} to ${String(to)} pods${why === "" ? "" : `: ${why}`}`;
  return [{ kind: "scaled", text, replicas: { from, to } }];
}

/** The metric that is furthest above its target: the highest proposal wins. */
function above(readings: readonly MetricReading[]): string {
  const [highest] = [...readings].sort((a, b) => b.current / b.target - a.current / a.target);
  return highest === undefined ? "" : readingText(highest);
}

/** A reading for people, such as "cpu 212 % of 50 %": what there is, and the target. */
export function readingText({ name, unit, current, target }: MetricReading): string {
  const amount = (value: number): string => {
    const digits = unit === "" && value < 10 ? value.toFixed(1) : String(Math.round(value));
    return unit === "" ? digits : `${digits} ${unit}`;
  };
  return `${name} ${amount(current)} of ${amount(target)}`;
}

function pods(before: Look, after: Look): Change[] {
  const known = new Map(before.pods.map((pod) => [pod.metadata?.uid, pod]));
  const changes: Change[] = [];
  for (const pod of after.pods) {
    const { uid, name = "" } = pod.metadata ?? {};
    const earlier = known.get(uid);
    known.delete(uid);
    const say = (kind: Change["kind"], what: string): void => {
      changes.push({ kind, text: `${name} ${what}`, pod: name });
    };
    if (earlier === undefined) say("pod-created", "is created");
    const wasReady = earlier !== undefined && isReady(earlier);
    if (!wasReady && isReady(pod) && !isEnding(pod)) say("pod-ready", "is ready");
  }
  for (const { metadata } of known.values()) {
    const { name = "" } = metadata ?? {};
    changes.push({ kind: "pod-gone", text: `${name} is gone`, pod: name });
  }
  return changes;
}

/** Kubernetes counts a warning that comes again up, so that the count tells one that is new. */
function warnings(before: Look, after: Look): Change[] {
  const counts = new Map(before.warnings.map(({ metadata, count }) => [metadata.uid, count]));
  return after.warnings
    .filter(({ metadata: { uid }, count }) => !counts.has(uid) || counts.get(uid) !== count)
    .map(({ reason = "", message = "" }) => ({ kind: "warning", text: `${reason}: ${message}` }));
}
