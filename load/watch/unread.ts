import type { CoreV1Event } from "@kubernetes/client-node";

import { triggerOf } from "../metricWords";
import type { Sample, UnreadMetric } from "../record";
import type { Look } from "./look";
import { metricNamesOf, readingsOf } from "./readings";
import { makesUp, type MetricNames } from "./scaledObject";

/** KEDA tries again each 30 s, unless it is told otherwise: older words are about something else. */
const WORDS_HOLD_MS = 60_000;

/** What is known from before a look. */
export interface Known {
  /** @default each metric has the autoscaler's name for it */
  metricNames?: MetricNames;
  /** Sample of the look before; undefined for the first one. */
  before?: Pick<Sample, "unread">;
}

/** The metrics that an autoscaler goes by: those that it reads, and those that it cannot read. */
export function metricsOf(
  look: Look,
  { metricNames = {}, before }: Known,
): Pick<Sample, "metrics" | "unread"> {
  const readings = readingsOf(look.autoscaler);
  const metrics: Sample["metrics"] = [];
  const unread: UnreadMetric[] = [];
  for (const metric of metricNamesOf(look.autoscaler)) {
    const name = metricNames[metric] ?? metric;
    const reading = readings.find((each) => each.name === metric);
    const earlier = before?.unread?.find((each) => each.name === name)?.madeUp;
    // KEDA may have read it again while the autoscaler still has what was made up.
    const isOld = earlier !== undefined && earlier === reading?.current;
    if (reading !== undefined && !isOld && !makesUp(look.scaledObject, metric)) {
      metrics.push({ ...reading, name });
    } else {
      const madeUp = reading === undefined ? {} : { madeUp: reading.current };
      unread.push({ name, why: whyUnread(look, metric), ...madeUp });
    }
  }
  return { metrics, ...(unread.length > 0 && { unread }) };
}

/** Why a metric is not read: in KEDA's words, which ask for it, or in the autoscaler's. */
function whyUnread({ autoscaler, warnings }: Look, metric: string): string {
  const newest = (kind: string, reason: RegExp, about: string): CoreV1Event | undefined =>
    warnings
      .filter(({ involvedObject }) => involvedObject.kind === kind)
      .filter((event) => reason.test(event.reason ?? "") && event.message?.includes(about))
      .sort((one, other) => timeOf(one) - timeOf(other))
      .at(-1);
  const failed = newest("HorizontalPodAutoscaler", /^FailedGet\w*Metric$/, metric);
  const isOfKeda = triggerOf(metric) !== undefined;
  const ofKeda = isOfKeda ? newest("ScaledObject", /^KEDA\w+Failed$/, "") : undefined;
  if (ofKeda !== undefined && failed !== undefined) {
    if (timeOf(ofKeda) > timeOf(failed) - WORDS_HOLD_MS) return shortened(ofKeda.message ?? "");
  }
  const active = autoscaler.status?.conditions?.find(({ type }) => type === "ScalingActive");
  const said = active?.status === "False" && active.message?.includes(metric) ? active : failed;
  return shortened(said?.message ?? "");
}

/** When an event came last, in milliseconds since 1970. What tells it depends on who has made it. */
function timeOf({ lastTimestamp, series, eventTime, metadata }: CoreV1Event): number {
  const times = [lastTimestamp, series?.lastObservedTime, eventTime, metadata.creationTimestamp];
  const known = times.flatMap((time) => (time ? [new Date(time).getTime()] : []));
  return Math.max(0, ...known);
}

/** Without what a reader has no use for: who asked whom in between, and what was asked for. */
function shortened(message: string): string {
  const cause = message.split(/unable to (?:fetch|get) metrics from [\w ]*metrics API: /).at(-1);
  return (cause ?? "").replace(/(https?:\/\/[^\s"?]+)\?[^\s"]*/g, "$1").trim();
}
