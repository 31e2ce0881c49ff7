import type { TopLevelSpec } from "vega-lite";

import type { LoadRecord } from "../record";
import { chart } from "./chart";
import { count, seconds, shortSeconds } from "./figures";
import { newPods, type NewPod } from "./newPods";
import { podBars } from "./podBars";
import { podsPanel } from "./podsPanel";
import { runFacts, type RunFacts } from "./runFacts";
import { windowWithin, type TimeWindow } from "./timeWindow";
import { requestsPanel } from "./trafficPanels";

/** Seconds before the load, and after the last pod is ready, that are shown at least. */
const BEFORE = 5;
const AFTER = 10;
/** Part of the time until then that is shown after it, so that names have room beside their bars. */
const MORE_AFTER = 0.55;

/** The new pods, each from created to ready, and what they take on. */
export function newPodsReady(record: LoadRecord): TopLevelSpec {
  const facts = runFacts(record);
  const pods = newPods(record, facts);
  const window = windowOf(record, facts, pods);
  return chart(record, {
    title: titleOf(facts, pods),
    subtitle: [startsInWords(pods)],
    window,
    panels: [
      podBars(pods, window),
      podsPanel(record, window, 100),
      requestsPanel(record, window, 100),
    ],
  });
}

function windowOf(record: LoadRecord, facts: RunFacts, pods: readonly NewPod[]): TimeWindow {
  const isWhole = pods.length > 0 && pods.every(({ ready }) => ready !== undefined);
  const lastReady = Math.max(facts.readyMostAt, ...pods.map(({ ready }) => ready ?? 0));
  const from = facts.loadBegins - BEFORE;
  const after = Math.max(AFTER, (lastReady - from) * MORE_AFTER);
  return windowWithin(record, from, isWhole ? lastReady + after : facts.loadEnds);
}

function titleOf(facts: RunFacts, pods: readonly NewPod[]): string {
  const { readyBefore, readyMost, readyMostAt, loadBegins } = facts;
  if (readyMost > readyBefore) {
    const took = seconds(readyMostAt - loadBegins);
    return `${String(readyBefore)} to ${count(readyMost, "ready pod")} in ${took}`;
  }
  const created = pods.length === 0 ? "no pod was created" : `${count(pods.length, "pod")} created`;
  return `No more pods became ready: ${created}, ${String(readyBefore)} ready as before`;
}

function startsInWords(pods: readonly NewPod[]): string {
  const took = pods.flatMap(({ created, ready }) => (ready === undefined ? [] : [ready - created]));
  if (took.length === 0) return "No new pod became ready";
  const [least, most] = [shortSeconds(Math.min(...took)), shortSeconds(Math.max(...took))];
  const range = least === most ? least : `${least} to ${most}`;
  const missing = pods.length - took.length;
  const never = missing === 0 ? "" : `; ${count(missing, "more pod")} never became ready`;
  return `${count(took.length, "new pod")}, ${range} from created to ready${never}`;
}
