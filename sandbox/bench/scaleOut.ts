import { firstAllReady } from "../../load/allReady";
import type { LoadRecord, MetricReading, Sample } from "../../load/record";
import { UserError } from "../../host/userError";

/**
 * Seconds from the load's first request until as many pods were ready as there may be.
 *
 * @param again Command that puts a load on such a cluster, and shows what becomes of it.
 * @throws UserError where they never were.
 */
export function secondsUntilReady(record: LoadRecord, again: string): number {
  const reached = firstAllReady(record);
  if (reached !== undefined) return reached.at;
  const { samples, target, load } = record;
  const { maxReplicas } = target;
  const most = Math.max(0, ...samples.map(({ pods }) => pods.ready));
  throw new UserError(
    `The autoscaler did not get to ${String(maxReplicas)} ready pods in ${String(load.seconds)} s of load, but to ${String(most)}. See why: ${again}`,
  );
}

/** What the autoscaler scales on beside requests. */
const OF_PODS = ["cpu", "memory"];

/**
 * Sees that it was requests alone that asked for as many pods as there may be.
 *
 * @throws UserError where cpu or memory came to its target before, or was not read at all.
 */
export function checkByRequestsAlone(record: LoadRecord): void {
  const untilDecided = readingsUntilDecided(record);
  const problems = OF_PODS.flatMap((name) => {
    const readings = untilDecided.filter((reading) => reading.name === name);
    if (readings.length === 0) return [`${name} was not read`];
    const high = readings.find(({ current, target }) => current >= target);
    return high === undefined ? [] : [`${name} was at ${inWords(high)}`];
  });
  if (problems.length === 0) return;
  const { maxReplicas } = record.target;
  throw new UserError(
    `It was not requests alone that asked for ${String(maxReplicas)} pods: before that, ${problems.join(", and ")}. Measure again when the machine is at rest.`,
  );
}

/** All that was read until the autoscaler asked for the most pods, and by which it did. */
function readingsUntilDecided({ samples, target }: LoadRecord): MetricReading[] {
  const decided = ({ at, pods }: Sample): boolean => at >= 0 && pods.desired >= target.maxReplicas;
  const index = samples.findIndex(decided);
  return samples.slice(0, index < 0 ? samples.length : index + 1).flatMap(({ metrics }) => metrics);
}

function inWords({ current, target, unit }: MetricReading): string {
  const written = (value: number): string => `${String(Math.round(value))} ${unit}`.trimEnd();
  return `${written(current)}, and its target is ${written(target)}`;
}
