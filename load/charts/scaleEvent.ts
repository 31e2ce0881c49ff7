import type { TopLevelSpec } from "vega-lite";

import type { LoadRecord, Sample } from "../record";
import { chart } from "./chart";
import { count, seconds } from "./figures";
import { metricPanels } from "./metricPanels";
import { podsPanel } from "./podsPanel";
import { readInWords, targetsInWords } from "./readings";
import { runFacts, type Decision } from "./runFacts";
import { samplesWithin, windowWithin } from "./timeWindow";

/** Seconds before the load, and after the last decision, that are shown at least. */
const BEFORE = 5;
const AFTER = 15;

/** The autoscaler's decisions for more pods: what it read, and what it asked for. */
export function scaleEvent(record: LoadRecord): TopLevelSpec {
  const { loadBegins, loadEnds, scaleOuts } = runFacts(record);
  const last = scaleOuts.at(-1);
  const after =
    last === undefined ? loadEnds : last.at + Math.max(AFTER, (last.at - loadBegins) / 2);
  const window = windowWithin(record, loadBegins - BEFORE, after);
  return chart(record, {
    title: titleOf(record, scaleOuts, loadBegins),
    subtitle: [readAt(samplesWithin(record, window), scaleOuts)],
    window,
    panels: [...metricPanels(record, window, 150), podsPanel(record, window, 120)],
  });
}

function titleOf(record: LoadRecord, scaleOuts: readonly Decision[], loadBegins: number): string {
  const [first, last] = [scaleOuts.at(0), scaleOuts.at(-1)];
  if (first === undefined || last === undefined) {
    const asked = record.samples.at(-1)?.pods.desired ?? 0;
    return `No decision for more pods: the autoscaler stays at ${String(asked)}`;
  }
  const took = `${seconds(last.at - loadBegins)} after the load began`;
  const decisions = count(scaleOuts.length, "decision");
  return `From ${String(first.from)} to ${count(last.to, "pod")}: ${decisions}, ${
    scaleOuts.length === 1 ? "" : "the last "
  }${took}`;
}

/** What the autoscaler had read when it first asked for more; at the end where it never did. */
function readAt(samples: readonly Sample[], scaleOuts: readonly Decision[]): string {
  const first = scaleOuts.at(0);
  const read = samples.filter(({ metrics }) => metrics.length > 0);
  // The status has the reading and the decision at once; a look at it comes after both.
  const sample =
    first === undefined ? read.at(-1) : (read.find(({ at }) => at >= first.at) ?? read.at(-1));
  const readings = sample?.metrics ?? [];
  const when = first === undefined ? "At the end of the load" : "Then";
  if (readings.length === 0) return "It has read no metric by then";
  return `${when} it reads ${readInWords(readings)}, and aims at ${targetsInWords(readings)}`;
}
