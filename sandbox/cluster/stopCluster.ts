import { rm } from "node:fs/promises";

import { alone } from "./clusterLock";
import { clusterLayout, DEFAULT_NAME, readState } from "./state";
import { stopTailnet } from "../tailnet/stopTailnet";
import { takeDown } from "./takeDown";

export interface StopOptions {
  /** @default "sandbox" */
  name?: string;
}

/**
 * Takes a cluster down from its state alone, whatever of it still runs, and the tailnet that it is
 * on. Its logs stay.
 *
 * @returns whether there was one.
 * @throws UserError with everything that could not be ended or removed.
 */
export async function stopCluster({ name = DEFAULT_NAME }: StopOptions = {}): Promise<boolean> {
  const layout = clusterLayout(name);
  return alone(name, async () => {
    const hadTailnet = await stopTailnet(name);
    const state = await readState(layout);
    if (state === undefined) {
      // A start that was killed before its first record has made files at most.
      await rm(layout.folder, { recursive: true, force: true });
      return hadTailnet;
    }
    await takeDown(layout, state);
    return true;
  });
}
