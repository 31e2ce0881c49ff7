import type { Sample } from "../record";
import { percentile, type End, type Tally } from "./tally";

type Traffic = Sample["traffic"];

/** Tells, look by look, what the generators' logs have told of since the look before. */
export class TrafficMeter {
  #time: number | undefined;
  #requests = 0;
  readonly #read = new Map<Tally, number>();

  /**
   * @param time of the look, in milliseconds since 1970.
   * @param tallies of all generators that there have been.
   */
  read(time: number, tallies: readonly Tally[]): Traffic {
    const latest = tallies.flatMap((tally) => tally.ends.slice(this.#read.get(tally) ?? 0));
    for (const tally of tallies) this.#read.set(tally, tally.ends.length);
    this.#requests += latest.length;
    const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
    const traffic = trafficOf(latest, this.#time, time, { requests: this.#requests, failed });
    this.#time = time;
    return traffic;
  }
}

/**
 * The traffic between looks, by the times at which requests ended: a log tells of them a little
 * later, and of the first ones all at once.
 *
 * @param times of the looks, in milliseconds since 1970 and in their order.
 * @param ends of the requests of all generators, by the same clock.
 */
export function trafficAt(times: readonly number[], ends: readonly End[]): Traffic[] {
  const inOrder = [...ends].sort((a, b) => a.time - b.time);
  let requests = 0;
  let failed = 0;
  return times.map((time, index) => {
    const from = requests;
    while ((inOrder[requests]?.time ?? Infinity) <= time) {
      if (inOrder[requests]?.failed === true) failed += 1;
      requests += 1;
    }
    return trafficOf(inOrder.slice(from, requests), times[index - 1], time, { requests, failed });
  });
}

function trafficOf(
  latest: readonly End[],
  before: number | undefined,
  time: number,
  sums: { requests: number; failed: number },
): Traffic {
  const seconds = before === undefined ? 0 : (time - before) / 1000;
  const p99 = percentile(Float64Array.from(latest.map(({ latency }) => latency)).sort(), 99);
  return {
    requestsPerSecond: seconds > 0 ? rounded(latest.length / seconds) : 0,
    ...sums,
    ...(p99 !== undefined && { p99: rounded(p99) }),
  };
}

/** Finer than that, it is noise. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
