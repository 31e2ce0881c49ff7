import { count } from "../count";
import { metricWords } from "../metricWords";
import type { LoadEvent, Sample } from "../record";
import { amountsText } from "./readings";
import { fallbackInWords, fallsBack, type ScaledObject } from "./scaledObject";

type Change = Omit<LoadEvent, "at">;
type Seen = Omit<Sample, "at">;

/** Metrics that the autoscaler cannot read any more, and those that it reads again. */
export function metricChanges(before: Seen, after: Seen): Change[] {
  const { unread: wereUnread = [] } = before;
  const { unread = [], metrics } = after;
  const pods = after.pods.desired;
  // Kubernetes lets nothing be taken away as long as a metric is not read.
  const held = `${count(pods, "pod")} ${pods === 1 ? "is" : "are"}`;
  const lost = unread.filter(({ name }) => before.metrics.some((one) => one.name === name));
  const found = metrics.filter(({ name }) => wereUnread.some((one) => one.name === name));
  return [
    ...lost.map(({ name, why }): Change => {
      const reason = why === "" ? "" : `: ${why}`;
      const text = `${metricWords(name)} is not read any more, and ${held} held${reason}`;
      return { kind: "metric-lost", text };
    }),
    ...found.map((reading): Change => {
      const text = `${metricWords(reading.name)} is read: ${amountsText(reading)}`;
      return { kind: "metric-read", text };
    }),
  ];
}

/** That KEDA begins or ends to tell the autoscaler something that it has not read. */
export function fallbackChanges(
  before: ScaledObject | undefined,
  after: ScaledObject | undefined,
): Change[] {
  // Where one of them is not known, nothing is known to have changed.
  if (before === undefined || after === undefined || fallsBack(before) === fallsBack(after)) {
    return [];
  }
  if (!fallsBack(after)) return [{ kind: "fallback-ends", text: "KEDA no longer falls back" }];
  const text = `KEDA falls back: it asks for ${fallbackInWords(after)}, whatever the load; cpu and memory may add some`;
  return [{ kind: "fallback-begins", text }];
}
