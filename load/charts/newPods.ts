import type { LoadRecord } from "../record";
import type { RunFacts } from "./runFacts";

/** A pod that the scale-out made; times in seconds since the load began. */
export interface NewPod {
  name: string;
  created: number;
  /** Undefined: it never was. */
  ready?: number;
  /** Undefined: it still was there at the end. */
  gone?: number;
}

/** Pods that were created under load, up to the first decision for fewer; in that order. */
export function newPods({ events }: LoadRecord, facts: RunFacts): NewPod[] {
  const end = Math.min(facts.scaleInAt ?? Infinity, facts.loadEnds);
  return events.flatMap(({ kind, at, pod: name }) => {
    const isNew = kind === "pod-created" && at >= facts.loadBegins && at <= end;
    if (!isNew || name === undefined) return [];
    const later = events.filter((event) => event.pod === name && event.at >= at);
    return [
      {
        name,
        created: at,
        ready: later.find((event) => event.kind === "pod-ready")?.at,
        gone: later.find((event) => event.kind === "pod-gone")?.at,
      },
    ];
  });
}
