import type { LoadRecord, Sample } from "../record";
import type { Panel } from "./chart";
import { linePanel, type Point } from "./linePanel";
import { COLOURS } from "./theme";
import type { TimeWindow } from "./timeWindow";

/** Requests that are answered, and those that fail, each second. */
export function requestsPanel(record: LoadRecord, window: TimeWindow, height: number): Panel {
  return linePanel({
    name: "requests",
    heading: "Requests per second",
    window,
    lines: [
      {
        name: "answered",
        colour: COLOURS.blue,
        points: record.samples.map(({ at, traffic }) => ({ at, value: traffic.requestsPerSecond })),
      },
      {
        name: "failed",
        colour: COLOURS.vermilion,
        thick: 2.5,
        points: failedPerSecond(record.samples),
      },
    ],
    ifEmpty: "no requests were counted",
    height,
    steps: false,
    least: 1,
  });
}

/** How long answers took, of those that came. */
export function latencyPanel(record: LoadRecord, window: TimeWindow, height: number): Panel {
  return linePanel({
    name: "latency",
    heading: "Time to answer, ms",
    window,
    lines: [
      {
        name: "99th percentile",
        colour: COLOURS.orange,
        points: record.samples.map(({ at, traffic }) => ({ at, value: traffic.p99 ?? null })),
      },
    ],
    ifEmpty: "no request was answered",
    height,
    steps: false,
    least: 1,
  });
}

/** The record counts failures since the load began. */
function failedPerSecond(samples: readonly Sample[]): Point[] {
  return samples.map(({ at, traffic }, index) => {
    const before = samples[index - 1];
    if (before === undefined || at <= before.at) return { at, value: 0 };
    const value = (traffic.failed - before.traffic.failed) / (at - before.at);
    return { at, value: Math.max(0, value) };
  });
}
