import { setTimeout as sleep } from "node:timers/promises";

import type { JsonObject } from "../../skeleton/json";
import { UnreachableError } from "../apiError";
import type { Neighbours, Readiness, ReadinessRule } from "./readiness";

/** How often the object is looked at, in milliseconds. */
const POLL_MS = 500;

/** How long the API server may be away before the wait is given up, in milliseconds. */
const AWAY_MS = 15_000;

export interface AwaitOptions {
  rule: ReadinessRule;
  near: Neighbours;
  /** @returns undefined where the object is gone. */
  get: () => Promise<JsonObject | undefined>;
  /** Seconds. */
  timeout: number;
  signal: AbortSignal;
  /** Told what is being waited for, whenever that changes. */
  onStatus: (message: string) => void;
}

/** An object that was waited for in vain. */
export class NotReadyError extends Error {
  override readonly name = "NotReadyError";

  constructor(
    message: string,
    readonly reasons: string[],
    /** As it was last; undefined where it is gone. */
    readonly object: JsonObject | undefined,
  ) {
    super(message);
  }
}

/**
 * Waits until an object is ready.
 *
 * @param first - The object, as it was made.
 * @returns the object, as it is when it is ready.
 * @throws NotReadyError with the reasons, when it fails, is deleted, or the time is over.
 */
export async function awaitReady(first: JsonObject, options: AwaitOptions): Promise<JsonObject> {
  const { rule, near, get, timeout, signal, onStatus } = options;
  const start = Date.now();
  let object: JsonObject | undefined = first;
  let readiness: Readiness = { isReady: false, waitingFor: "" };
  let seen = start;
  let told = "";
  const giveUp = (why: string): NotReadyError =>
    new NotReadyError(why, reasonsOf(readiness), object);

  for (;;) {
    try {
      if (object === undefined) throw giveUp("it was deleted while it was waited for");
      readiness = await rule(object, near);
      if (readiness.isReady) {
        if (told !== "") onStatus("ready");
        return object;
      }
      if (readiness.hasFailed === true) throw giveUp(readiness.waitingFor);
      if (readiness.waitingFor !== told) onStatus(`waiting for ${readiness.waitingFor}`);
      told = readiness.waitingFor;
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      if (Date.now() - seen > AWAY_MS) throw giveUp(error.message);
    }

    if (signal.aborted) throw giveUp("the wait was cancelled");
    if (Date.now() - start > timeout * 1000) {
      throw giveUp(`it was not ready in ${String(timeout)} s`);
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    try {
      object = await get();
      seen = Date.now();
    } catch (error) {
      // The server may be back in a moment; what was made stays made.
      if (!(error instanceof UnreachableError)) throw error;
      if (Date.now() - seen > AWAY_MS) throw giveUp(error.message);
    }
  }
}

/** Why an object is not ready, for the engine's output. */
export function reasonsOf({ waitingFor, reasons = [] }: Readiness): string[] {
  return [...(waitingFor === "" ? [] : [`waited for ${waitingFor}`]), ...reasons];
}
