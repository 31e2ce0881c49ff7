import { setTimeout as sleep } from "node:timers/promises";

import { Cluster } from "../../load/cluster/cluster";
import { Generator } from "../../load/generator/generator";
import { OURS_SELECTOR, type GeneratorArgs } from "../../load/generator/jobs";
import { removeGenerators } from "../../load/generator/leftovers";
import { requestsOf } from "../../load/generator/tally";
import type { Requests } from "../../load/record";
import { until } from "../../sandbox/cluster/readiness";

const POLL_MS = 500;

/**
 * A generator of the load test that goes on until it is stopped, whichever autoscalers come and go:
 * the load test itself ends where the one that it watches does.
 */
export class SteadyLoad {
  readonly #over = new AbortController();
  readonly #looking: Promise<void>;
  #failure: unknown;

  private constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
    private readonly generator: Generator,
  ) {
    this.#looking = this.look();
  }

  /** @returns once its first request has been made. @throws Error where it is not, or takes too long. */
  static async start(
    kubeconfig: string,
    namespace: string,
    args: GeneratorArgs,
  ): Promise<SteadyLoad> {
    const cluster = Cluster.of({ kubeconfig });
    const generator = await Generator.start(cluster, namespace, "load", args);
    const load = new SteadyLoad(cluster, namespace, generator);
    try {
      const hasBegun = (): Promise<boolean> => {
        load.check();
        return Promise.resolve(generator.startedAt !== undefined);
      };
      await until(`${generator.name} makes its first request`, hasBegun);
    } catch (error) {
      // Nobody else has it yet, and a test that goes on looking never ends.
      load.abandon();
      throw error;
    }
    return load;
  }

  /** What became of its requests so far. */
  get requests(): Requests {
    return requestsOf([this.generator.tally]);
  }

  /** When its requests came to their end, in milliseconds since 1970, in that order. */
  get ends(): number[] {
    return this.generator.ends.map(({ time }) => time).sort((a, b) => a - b);
  }

  /** @throws Error where it has ended before it was told to. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure as Error;
    if (this.generator.hasEnded) throw new Error(`The generator ${this.generator.name} has ended.`);
  }

  /** Looks no more. The generator ends with its cluster. */
  abandon(): void {
    this.#over.abort();
    this.generator.stop();
  }

  async stop(): Promise<void> {
    this.check();
    this.abandon();
    await this.#looking;
    await removeGenerators(this.cluster, this.namespace);
  }

  private async look(): Promise<void> {
    const { namespace } = this;
    const { signal } = this.#over;
    while (!signal.aborted && this.#failure === undefined) {
      try {
        const pods = { namespace, labelSelector: OURS_SELECTOR };
        const { items } = await this.cluster.core.listNamespacedPod(pods);
        this.generator.look(items, Date.now());
      } catch (error) {
        this.#failure = error;
      }
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
