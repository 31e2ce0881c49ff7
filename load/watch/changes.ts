import type { CoreV1Event } from "@kubernetes/client-node";

import type { LoadEvent, MetricReading, Sample } from "../record";
import type { Look } from "./look";
import { fallbackChanges, metricChanges } from "./metricChanges";
import { readingText } from "./readings";
import { isEnding, isReady } from "./sample";

/** An event; its time is that of the look in which it was seen first. */
export type Change = Omit<LoadEvent, "at">;

/** A look, and what is taken from it. */
export interface Seen {
  look: Look;
  sample: Omit<Sample, "at">;
}

/** What has happened between two looks. */
export function changesBetween(before: Seen, after: Seen): Change[] {
  return [
    ...metricChanges(before.sample, after.sample),
    ...fallbackChanges(before.look.scaledObject, after.look.scaledObject),
    ...scaling(before, after),
    ...pods(before.look, after.look),
    ...warnings(before.look, after.look),
  ];
}

function scaling(before: Seen, after: Seen): Change[] {
  const from = before.look.autoscaler.status?.desiredReplicas;
  const to = after.look.autoscaler.status?.desiredReplicas;
  if (from === undefined || to === undefined || from === to) return [];
  const why = to > from ? above(after.sample.metrics) : "all metrics below their targets";
  const text = `${String(from)} to ${String(to)} pods${why === "" ? "" : `: ${why}`}`;
  return [{ kind: "scaled", text, replicas: { from, to } }];
}

/** The metric that is furthest above its target: the highest proposal wins. */
function above(readings: readonly MetricReading[]): string {
  const [highest] = [...readings].sort((a, b) => b.current / b.target - a.current / a.target);
  return highest === undefined ? "" : readingText(highest);
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
  const times = ({ count, series }: CoreV1Event): number | undefined => count ?? series?.count;
  const known = new Map(before.warnings.map((event) => [event.metadata.uid, times(event)]));
  return after.warnings
    .filter((event) => {
      const { uid } = event.metadata;
      return !known.has(uid) || known.get(uid) !== times(event);
    })
    .map(({ reason = "", message = "" }) => ({ kind: "warning", text: `${reason}: ${message}` }));
}
