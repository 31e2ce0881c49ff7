import { setTimeout as sleep } from "node:timers/promises";

import { UserError } from "../../host/userError";
import { reasonOf, statusOf } from "../cluster/apiErrors";
import type { Cluster } from "../cluster/cluster";
import { look, type Look, type Scene } from "./look";

/** Between two looks, in milliseconds. */
const INTERVAL_MS = 1000;
/** How long the cluster may be away, in milliseconds. */
const PATIENCE_MS = 15_000;

/** Looks at the cluster once a second, and lets others wait for what is to be seen. */
export class Watcher {
  #latest: Look;
  readonly #waiting = new Set<(error?: Error) => void>();
  #failure: Error | undefined;
  readonly #end = new AbortController();
  readonly #running: Promise<void>;

  private constructor(
    private readonly cluster: Cluster,
    private readonly scene: Scene,
    first: Look,
    private readonly onLook: (look: Look) => void,
    signal: AbortSignal | undefined,
  ) {
    this.#latest = first;
    onLook(first);
    signal?.addEventListener("abort", () => {
      this.fail(signal.reason as Error);
    });
    this.#running = this.run();
  }

  /**
   * @param onLook takes every look; what it throws ends the watch, and whoever waits hears of it.
   * @param signal ends the watch likewise, with its reason.
   */
  static async start(
    cluster: Cluster,
    scene: Scene,
    onLook: (look: Look) => void,
    signal?: AbortSignal,
  ): Promise<Watcher> {
    signal?.throwIfAborted();
    return new Watcher(cluster, scene, await look(cluster, scene), onLook, signal);
  }

  get latest(): Look {
    return this.#latest;
  }

  /**
   * Waits until something holds after a look.
   *
   * @returns whether it does, in so many seconds.
   * @throws Error where the watch has failed.
   */
  async until(holds: (look: Look) => boolean, seconds = Infinity): Promise<boolean> {
    const until = Date.now() + seconds * 1000;
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      if (holds(this.#latest)) return true;
      if (Date.now() >= until) return false;
      await new Promise<void>((resolve, reject) => {
        const wake = (error?: Error): void => {
          this.#waiting.delete(wake);
          if (error === undefined) resolve();
          else reject(error);
        };
        this.#waiting.add(wake);
      });
    }
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await this.#running;
  }

  private async run(): Promise<void> {
    let answeredAt = Date.now();
    for (let turn = answeredAt + INTERVAL_MS; ; turn = Math.max(turn + INTERVAL_MS, Date.now())) {
      await sleep(turn - Date.now(), undefined, { signal: this.#end.signal }).catch(
        () => undefined,
      );
      if (this.#end.signal.aborted) return;
      try {
        this.#latest = await look(this.cluster, this.scene);
        answeredAt = this.#latest.time;
      } catch (error) {
        const silent = Date.now() - answeredAt;
        if (!isFinal(error) && silent < PATIENCE_MS) continue;
        this.fail(new UserError(this.whyFailed(error, silent)));
        return;
      }
      try {
        this.onLook(this.#latest);
      } catch (error) {
        this.fail(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      for (const wake of [...this.#waiting]) wake();
    }
  }

  private fail(error: Error): void {
    this.#failure ??= error;
    this.#end.abort();
    for (const wake of [...this.#waiting]) wake(this.#failure);
  }

  private whyFailed(error: unknown, silent: number): string {
    const { namespace, autoscaler } = this.scene;
    if (statusOf(error) === 404) {
      return `The autoscaler ${autoscaler} is gone from namespace ${namespace}. See who deletes it, and run the command again.`;
    }
    if (isFinal(error)) {
      return `The cluster at ${this.cluster.server} lets nobody look any more: ${reasonOf(error)}. See the kubeconfig's credentials.`;
    }
    const seconds = String(Math.round(silent / 1000));
    return `The cluster at ${this.cluster.server} has not answered for ${seconds} s: ${reasonOf(error)}. See that it runs and that this machine reaches it.`;
  }
}

/** Whether another try will not help. */
function isFinal(error: unknown): boolean {
  return [401, 403, 404].includes(statusOf(error) ?? 0);
}
