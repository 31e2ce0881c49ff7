import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

const PATIENCE_MS = 10_000;
const POLL_MS = 200;

/** Looks again and again until what is found is as wanted; fails with the difference after 10 s, or as said. */
export async function eventually<T>(
  wanted: T,
  look: () => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (isDeepStrictEqual(found, wanted)) return;
    if (Date.now() > deadline) assert.deepEqual(found, wanted);
    await sleep(POLL_MS);
  }
}
