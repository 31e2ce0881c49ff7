import { setTimeout as sleep } from "node:timers/promises";

/** Time between two questions, in milliseconds. */
const POLL_MS = 500;

/**
 * Asks something again and again while something else is done, and for a while after.
 *
 * @param lastingMs - How long it goes on after that is done, in milliseconds.
 * @returns what was done, and all that was answered, in its order.
 */
export async function whileAsked<T, A>(
  ask: () => Promise<A>,
  act: () => Promise<T>,
  lastingMs: number,
): Promise<{ result: T; seen: A[] }> {
  const seen: A[] = [];
  let end = Number.POSITIVE_INFINITY;
  const asking = async (): Promise<void> => {
    while (Date.now() < end) {
      seen.push(await ask());
      await sleep(POLL_MS);
    }
  };
  const acting = act().finally(() => {
    end = Date.now() + lastingMs;
  });
  const [result] = await Promise.all([acting, asking()]);
  return { result, seen };
}
