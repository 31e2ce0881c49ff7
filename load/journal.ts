import type { End } from "./generator/tally";
import { trafficAt } from "./generator/traffic";
import type { LoadEvent, Sample } from "./record";
import { changesBetween, type Change, type Seen } from "./watch/changes";
import type { Look } from "./watch/look";
import { sampleOf } from "./watch/sample";
import type { MetricNames } from "./watch/scaledObject";

interface Timed {
  /** Milliseconds since 1970. */
  time: number;
}

/** Keeps what is seen. Seconds since the load's beginning are known only once it has begun. */
export class Journal {
  #samples: (Omit<Sample, "at"> & Timed)[] = [];
  #changes: (Change & Timed)[] = [];
  #last: Seen | undefined;
  #begin: number | undefined;

  /** @param metricNames What metrics are called, by the autoscaler's names for them. */
  constructor(private readonly metricNames: MetricNames = {}) {}

  /** @returns the new sample and what has changed, with `at` where the load has begun. */
  add(
    seenNow: Look,
    traffic: Sample["traffic"],
  ): { sample: Omit<Sample, "at">; changes: Change[] } {
    // One that is not answered for a moment is as it was: so no change is missed.
    const scaledObject = seenNow.scaledObject ?? this.#last?.look.scaledObject;
    const look = { ...seenNow, ...(scaledObject && { scaledObject }) };
    const before = this.#last?.sample;
    const { metricNames } = this;
    const sample = sampleOf(look, traffic, { metricNames, ...(before && { before }) });
    const seen = { look, sample };
    const changes = this.#last === undefined ? [] : changesBetween(this.#last, seen);
    this.#last = seen;
    this.#samples.push({ ...sample, time: look.time });
    for (const change of changes) this.note(change, look.time);
    return { sample, changes };
  }

  note(change: Change, time: number): void {
    this.#changes.push({ ...change, time });
  }

  /** The load begins at this time; what has been seen before is before it. */
  begin(time: number, text: string): void {
    this.#begin = time;
    this.note({ kind: "load-begins", text }, time);
  }

  /** Seconds since the load's beginning; undefined before it. */
  at(time: number): number | undefined {
    return this.#begin === undefined ? undefined : (time - this.#begin) / 1000;
  }

  /**
   * All of it, in the order of time.
   *
   * @param ends of all requests, by this machine's clock.
   * @throws Error where no load has begun.
   */
  entries(ends: readonly End[]): { startedAt: string; samples: Sample[]; events: LoadEvent[] } {
    const begin = this.#begin;
    if (begin === undefined) throw new Error("no load has begun");
    const timed = <T extends Timed>({ time, ...rest }: T): Omit<T, "time"> & { at: number } => ({
      at: Math.round(time - begin) / 1000,
      ...rest,
    });
    const traffic = trafficAt(
      this.#samples.map(({ time }) => time),
      ends,
    );
    const samples = this.#samples.map((sample, index) => ({
      ...sample,
      traffic: traffic[index] ?? sample.traffic,
    }));
    const inOrder = (a: { at: number }, b: { at: number }): number => a.at - b.at;
    return {
      startedAt: new Date(begin).toISOString(),
      samples: samples.map(timed).sort(inOrder),
      events: this.#changes.map(timed).sort(inOrder),
    };
  }
}
