import { mkdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { lock } from "proper-lockfile";

import { codeOf } from "./errors";

/** A lock whose owner has died is free after this long. */
const STALE_MS = 5000;
const POLL_MS = 250;

export interface ExclusiveOptions {
  /**
   * Called once where somebody else holds the lock. To refuse rather than to wait, throw here;
   * where it returns, the lock is waited for.
   */
  onBusy: () => void;
  signal?: AbortSignal;
}

/**
 * Does work while this process alone holds the lock on a folder, which is made where missing. A
 * lock whose owner was killed counts as free after five seconds, so that long is waited in any case.
 */
export async function exclusively<T>(
  folder: string,
  { onBusy, signal }: ExclusiveOptions,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const release = await take(folder, onBusy, signal);
  try {
    return await work();
  } finally {
    // A lock that was lost meanwhile (the machine slept) is not ours to release.
    await release().catch(() => undefined);
  }
}

async function take(
  folder: string,
  onBusy: () => void,
  signal: AbortSignal | undefined,
): Promise<() => Promise<void>> {
  const mayBeDeadUntil = Date.now() + STALE_MS + 1000;
  let said = false;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await lock(folder, { stale: STALE_MS, onCompromised: () => undefined });
    } catch (error) {
      if (codeOf(error) !== "ELOCKED") throw error;
      if (!said && Date.now() > mayBeDeadUntil) {
        onBusy();
        said = true;
      }
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}
