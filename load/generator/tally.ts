import type { Requests } from "../record";
import type { Entry, RequestEntry, ResultEntry } from "./fortioLog";

/** Words for a request that has no status and of which nothing else is known. */
const NO_ANSWER = "no answer";

/** The end of a request. */
export interface End {
  /** By the clock of the generator's node, in milliseconds since 1970. */
  time: number;
  /** In milliseconds. */
  latency: number;
  failed: boolean;
}

/** What one generator's requests came to, counted one by one as its log tells of them. */
export class Tally {
  /** Requests that have come to their end. */
  requests = 0;
  failed = 0;
  /** Each of them, in the order in which the log told of them. */
  readonly ends: End[] = [];
  /** The generator's own sum, once it has ended. */
  result: ResultEntry | undefined;
  /** Where the first request was made, by the clock of the generator's node. */
  firstStartedAt: number | undefined;
  readonly #statuses = new Map<number, number>();
  readonly #reasons = new Map<string, number>();
  /** The iteration that comes next on each thread. */
  readonly #next = new Map<number, number>();
  #gaps = 0;

  add(entry: Entry): void {
    if (entry.kind === "request") this.addRequest(entry);
    else if (entry.kind === "failure") increase(this.#reasons, entry.text);
    else if (entry.kind === "result") this.result = entry;
  }

  /**
   * The log is read from its beginning again. Requests are known by thread and iteration, so that
   * none counts twice; reasons have no number, and are counted anew.
   */
  readAgain(): void {
    this.#reasons.clear();
  }

  /** Requests of which the log should have told and did not; below 0: too many. */
  get missing(): number {
    if (this.result === undefined) return this.#gaps;
    return sum(Object.values(this.result.statuses)) - this.requests;
  }

  /** Why a request had no answer, as far as anything was said. */
  get reasons(): string[] {
    return [...this.#reasons.keys()];
  }

  /** Failures by what was said; their sum is `failed`. */
  get failures(): Record<string, number> {
    const failures: Record<string, number> = {};
    let silent = 0;
    for (const [status, count] of this.statuses()) {
      if (isFailure(status)) {
        if (status > 0) failures[String(status)] = count;
        else silent += count;
      }
    }
    for (const [text, count] of this.#reasons) {
      const counted = Math.min(count, silent);
      silent -= counted;
      if (counted > 0) failures[text] = counted;
    }
    if (silent > 0) failures[NO_ANSWER] = silent;
    return failures;
  }

  /** The generator's own sum is right where the log lacks something. */
  statuses(): [status: number, count: number][] {
    return this.result === undefined
      ? [...this.#statuses]
      : Object.entries(this.result.statuses).map(([status, count]) => [Number(status), count]);
  }

  private addRequest({ thread, iteration, startedAt, latency, status }: RequestEntry): void {
    const next = this.#next.get(thread) ?? 0;
    if (iteration < next) return;
    this.#gaps += iteration - next;
    this.#next.set(thread, iteration + 1);
    this.requests += 1;
    const failed = isFailure(status);
    if (failed) this.failed += 1;
    this.ends.push({ time: startedAt + latency, latency, failed });
    this.firstStartedAt ??= startedAt;
    increase(this.#statuses, status);
  }
}

function isFailure(status: number): boolean {
  return status < 200 || status > 299;
}

/** What became of the requests of all generators. */
export function requestsOf(tallies: readonly Tally[]): Requests {
  const failures: Record<string, number> = {};
  for (const tally of tallies) {
    for (const [text, count] of Object.entries(tally.failures)) {
      failures[text] = (failures[text] ?? 0) + count;
    }
  }
  const counts = tallies.flatMap((tally) => tally.statuses().map(([, count]) => count));
  const latencies = Float64Array.from(
    tallies.flatMap(({ ends }) => ends.map(({ latency }) => latency)),
  ).sort();
  const latency = {
    p50: percentile(latencies, 50),
    p90: percentile(latencies, 90),
    p99: percentile(latencies, 99),
    max: percentile(latencies, 100),
  };
  return {
    total: sum(counts),
    failed: sum(Object.values(failures)),
    failures,
    ...(isWhole(latency) && { latency }),
  };
}

/** The smallest of the sorted values that so many percent do not exceed; undefined where none is. */
export function percentile(sorted: Float64Array, percent: number): number | undefined {
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
}

function isWhole(latency: {
  [key in keyof NonNullable<Requests["latency"]>]: number | undefined;
}): latency is NonNullable<Requests["latency"]> {
  return latency.max !== undefined;
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
