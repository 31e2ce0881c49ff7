import type { TopLevelSpec } from "vega-lite";

import type { LoadRecord } from "../record";
import { chart } from "./chart";
import { count, number } from "./figures";
import { metricPanels } from "./metricPanels";
import { podsPanel } from "./podsPanel";
import { readInWords, targetsInWords } from "./readings";
import { runFacts } from "./runFacts";
import { samplesWithin, windowWithin } from "./timeWindow";
import { requestsPanel } from "./trafficPanels";

/** Seconds before the load and after its begin that are shown. */
const BEFORE = 20;
const AFTER = 10;

/** How things stood before the load: the last seconds before it, and its first ones. */
export function beforeRampUp(record: LoadRecord): TopLevelSpec {
  const { loadBegins, readyBefore } = runFacts(record);
  const window = windowWithin(record, loadBegins - BEFORE, loadBegins + AFTER);
  const before = samplesWithin(record, { from: window.from, to: loadBegins });
  const readings = before.findLast(({ metrics }) => metrics.length > 0)?.metrics ?? [];
  const isRead = readings.length > 0;
  const metrics = isRead ? readInWords(readings) : "no metric read yet";
  return chart(record, {
    title: `${window.from < loadBegins ? "Before the load" : "As the load begins"}: ${count(readyBefore, "ready pod")}, ${metrics}`,
    subtitle: [
      ...(isRead ? [`The autoscaler aims at ${targetsInWords(readings)}`] : []),
      planInWords(record),
    ],
    window,
    panels: [
      ...metricPanels(record, window, 110),
      podsPanel(record, window, 90),
      requestsPanel(record, window, 90),
    ],
  });
}

/** Such as "Then 20 connections ask for http://httpbin/uuid, as often as they get through". */
function planInWords({ load, target }: LoadRecord): string {
  const rate =
    load.requestsPerSecond === undefined
      ? "as often as they get through"
      : `${number(load.requestsPerSecond)} times a second together`;
  const asks = load.connections === 1 ? "asks" : "ask";
  return `Then ${count(load.connections, "connection")} ${asks} for ${target.url}, ${rate}`;
}
