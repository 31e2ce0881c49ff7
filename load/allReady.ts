import type { LoadRecord, Sample } from "./record";

/** First look under load at which as many pods were ready as there may be; undefined where none was. */
export function firstAllReady({
  samples,
  target,
}: Pick<LoadRecord, "samples" | "target">): Sample | undefined {
  return samples.find(({ at, pods }) => at >= 0 && pods.ready >= target.maxReplicas);
}
