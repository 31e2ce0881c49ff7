import { setTimeout as sleep } from "node:timers/promises";

import { takeFault, type Deed } from "../world/faults";
import { worldOf, type Context } from "./context";

/**
 * Errors on which the official provider tries again, with how often it does: it cannot know that a
 * role will not appear, or that it will be throttled for ever.
 */
const TRIED_AGAIN: readonly { error: RegExp; tries: number }[] = [
  { error: /throttl|rate exceeded|RequestLimitExceeded/i, tries: 25 },
  { error: /role.*(?:does not exist|cannot be assumed|not authorized)/i, tries: 12 },
];

/** Between two tries, in milliseconds: it is soon enough in a world without distances. */
const PAUSE_MS = 20;

/**
 * Lets befall a deed what is to befall it, and tries again where the official provider does.
 *
 * @returns whether the resource never gets ready.
 * @throws Error with what the cloud says.
 */
export async function attempt(context: Context, deed: Deed, urn: string): Promise<boolean> {
  const { folder } = worldOf(context);
  for (let tries = 1; ; tries += 1) {
    const fault = takeFault(folder, deed);
    if (fault === undefined) return false;
    await pause(context, (fault.delaySeconds ?? 0) * 1000);
    if (fault.never === true) return true;
    if (fault.error === undefined) return false;
    const { error } = fault;
    const limit = TRIED_AGAIN.find((one) => one.error.test(error))?.tries ?? 1;
    if (tries >= limit) {
      throw new Error(
        limit === 1 ? error : `${error} (exceeded maximum number of attempts, ${String(limit)})`,
      );
    }
    context.log.status(`tries again: ${error}`, urn);
    await pause(context, PAUSE_MS);
  }
}

async function pause({ signal }: Context, milliseconds: number): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) throw new Error("The update was cancelled before this was done.");
}
