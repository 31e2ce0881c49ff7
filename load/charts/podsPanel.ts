import type { LoadRecord, Sample } from "../record";
import type { Panel } from "./chart";
import { linePanel } from "./linePanel";
import { COLOURS } from "./theme";
import type { TimeWindow } from "./timeWindow";

/** Pods that are asked for and those that are ready. */
export function podsPanel(record: LoadRecord, window: TimeWindow, height: number): Panel {
  const points = (kind: "desired" | "ready") =>
    record.samples.map(({ at, pods }: Sample) => ({ at, value: pods[kind] }));
  return linePanel({
    name: "pods",
    heading: "Pods",
    window,
    lines: [
      { name: "ready", colour: COLOURS.green, thick: 4, points: points("ready") },
      { name: "asked for", colour: COLOURS.black, dash: [5, 3], points: points("desired") },
    ],
    ifEmpty: "no pods were looked at",
    height,
    steps: true,
    whole: true,
    least: record.target.maxReplicas,
  });
}
