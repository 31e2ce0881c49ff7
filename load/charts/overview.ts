import type { TopLevelSpec } from "vega-lite";

import type { LoadRecord } from "../record";
import { chart } from "./chart";
import { count, number, seconds } from "./figures";
import { metricPanels } from "./metricPanels";
import { podsPanel } from "./podsPanel";
import { runFacts, type RunFacts } from "./runFacts";
import { windowWithin } from "./timeWindow";
import { latencyPanel, requestsPanel } from "./trafficPanels";

/** The whole run: pods against load, metrics against targets, and what happened when. */
export function overview(record: LoadRecord): TopLevelSpec {
  const facts = runFacts(record);
  const window = windowWithin(record, -Infinity, Infinity);
  return chart(record, {
    title: podsInWords(facts),
    subtitle: [loadInWords(record), setting(record), ...verdictInWords(record)],
    window,
    panels: [
      podsPanel(record, window, 110),
      requestsPanel(record, window, 110),
      ...metricPanels(record, window, 100),
      latencyPanel(record, window, 80),
    ],
  });
}

/** Such as "1 to 4 ready pods in 38 s, and back to 1 pod 3 min 15 s after the load". */
function podsInWords(facts: RunFacts): string {
  const { readyBefore, readyMost, readyMostAt, readyLast, readyLastAt } = facts;
  if (readyMost === readyBefore && readyLast === readyBefore) {
    return `${count(readyBefore, "ready pod")} all the time`;
  }
  const up =
    readyMost === readyBefore
      ? count(readyBefore, "ready pod")
      : `${String(readyBefore)} to ${count(readyMost, "ready pod")} in ${seconds(readyMostAt - facts.loadBegins)}`;
  if (readyLastAt === undefined) return `${up}, and still so at the end`;
  const after = readyLastAt - facts.loadEnds;
  const when = after < 0 ? "before the load ended" : `${seconds(after)} after the load`;
  const down = readyLast > readyBefore ? "down" : "back";
  return `${up}, and ${down} to ${count(readyLast, "pod")} ${when}`;
}

function loadInWords({ requests, load, target }: LoadRecord): string {
  const failed = requests.failed === 0 ? "none" : number(requests.failed);
  const plan = `${count(load.connections, "connection")} to ${target.url} for ${seconds(load.seconds)}`;
  return `${count(requests.total, "request")}, ${failed} failed · ${plan}`;
}

function setting({ target, startedAt }: LoadRecord): string {
  const began = `${startedAt.slice(0, 16).replace("T", " ")} UTC`;
  return [
    `${target.namespace}/${target.autoscaler}, ${String(target.minReplicas)} to ${count(target.maxReplicas, "pod")}`,
    `Kubernetes ${target.kubernetes}`,
    began,
  ].join(" · ");
}

/** The verdict, with what failed. */
function verdictInWords({ verdict }: LoadRecord): string[] {
  if (verdict.passed) return [`Passed: ${count(verdict.checks.length, "check")}`];
  return verdict.checks
    .filter(({ passed }) => !passed)
    .map(
      ({ name, measured, allowed }) => `Failed: ${name}: measured ${measured}, allowed ${allowed}`,
    );
}
