import { setTimeout as sleep } from "node:timers/promises";

import type { ApiClient } from "../../sandbox/providers/kubernetes/apiClient";
import { isTrue } from "../../sandbox/providers/kubernetes/await/conditions";
import {
  at,
  numberAt,
  objectsAt,
  textAt,
  type JsonObject,
} from "../../sandbox/providers/skeleton/json";

const POLL_MS = 500;
const NAMESPACE = "namespaces/httpbin";
const AUTOSCALERS = `/apis/autoscaling/v2/${NAMESPACE}/horizontalpodautoscalers`;
const DEPLOYMENT = `/apis/apps/v1/${NAMESPACE}/deployments/httpbin`;
const PODS = `/api/v1/${NAMESPACE}/pods?labelSelector=app.kubernetes.io/name%3Dhttpbin`;

/** httpbin's scaling at a moment. */
export interface ScalingLook {
  /** Milliseconds since 1970. */
  time: number;
  autoscalers: { name: string; isActive: boolean }[];
  /** Pods that the Deployment is told to have; undefined where nobody has told it yet. */
  replicas: number | undefined;
  /** Those that do not end. */
  pods: { uid: string; isReady: boolean }[];
}

/** Looks at httpbin's scaling twice a second. */
export class ScalingWatch {
  readonly looks: ScalingLook[] = [];
  readonly #over = new AbortController();
  readonly #looking: Promise<void>;
  #failure: unknown;

  constructor(private readonly client: ApiClient) {
    this.#looking = this.run().catch((error: unknown) => {
      this.#failure = error;
    });
  }

  /** Waits for a look of which something holds. @throws Error where there is none in so many seconds. */
  async until(
    what: string,
    holds: (look: ScalingLook) => boolean,
    seconds: number,
  ): Promise<ScalingLook> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      this.check();
      const latest = this.looks.at(-1);
      if (latest !== undefined && holds(latest)) return latest;
      if (Date.now() > deadline) {
        throw new Error(`Not in ${String(seconds)} s: ${what}. ${JSON.stringify(latest)}`);
      }
      await sleep(POLL_MS / 2);
    }
  }

  /** Looks from a moment on. */
  since(time: number): ScalingLook[] {
    return this.looks.filter((look) => look.time >= time);
  }

  /** Looks no more. @throws Error where a look has failed, and none came after it. */
  async stop(): Promise<void> {
    this.#over.abort();
    await this.#looking;
    this.check();
  }

  private check(): void {
    if (this.#failure !== undefined) throw this.#failure as Error;
  }

  private async run(): Promise<void> {
    const { signal } = this.#over;
    const read = (path: string): Promise<JsonObject> => this.client.call({ path });
    while (!signal.aborted) {
      const [autoscalers, deployment, pods] = await Promise.all(
        [AUTOSCALERS, DEPLOYMENT, PODS].map(read),
      );
      this.looks.push({
        time: Date.now(),
        autoscalers: objectsAt(autoscalers, "items").map(autoscalerOf),
        replicas: numberAt(deployment, "spec", "replicas"),
        pods: objectsAt(pods, "items").filter(isStaying).map(podOf),
      });
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

function autoscalerOf(object: JsonObject): ScalingLook["autoscalers"][number] {
  return {
    name: textAt(object, "metadata", "name") ?? "",
    isActive: isTrue(object, "ScalingActive"),
  };
}

function isStaying(pod: JsonObject): boolean {
  return at(pod, "metadata", "deletionTimestamp") === undefined;
}

function podOf(pod: JsonObject): ScalingLook["pods"][number] {
  return { uid: textAt(pod, "metadata", "uid") ?? "", isReady: isTrue(pod, "Ready") };
}

/** Whether somebody follows the load: one autoscaler, which is active. With two, neither does. */
export function isFollowed({ autoscalers }: ScalingLook): boolean {
  const [only, ...others] = autoscalers;
  return only?.isActive === true && others.length === 0;
}

/**
 * Longest time for which something held without a break, in seconds: from the first look at which it
 * did to the next at which it did not any more.
 */
export function longest(
  looks: readonly ScalingLook[],
  holds: (look: ScalingLook) => boolean,
): number {
  let most = 0;
  let since: number | undefined;
  for (const look of looks) {
    if (since !== undefined) most = Math.max(most, look.time - since);
    since = holds(look) ? (since ?? look.time) : undefined;
  }
  return most / 1000;
}
