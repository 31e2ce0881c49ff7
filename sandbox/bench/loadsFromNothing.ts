import { LOAD_DEFAULTS, type LoadFlags } from "../../load/options";
import type { LoadRecord } from "../../load/record";
import { UserError } from "../../host/userError";
import { stopCluster } from "../cluster/stopCluster";
import { loadRun, NO_LOAD } from "../stack/loadPlace";
import { sandboxPlace } from "../stack/place";
import { upStack } from "../stack/upStack";
import type { BenchOptions } from "./bench";

const STACK = "home";

/** A step of load on the stack `home`, on a cluster that is made for it. */
export interface LoadFromNothing {
  /** Name of the cluster. */
  name: string;
  /** What the cluster has beside a real node. */
  place: { edge: false } | { monitoring: true };
  /** What differs from the defaults of a load. */
  load: Partial<LoadFlags>;
}

/**
 * Puts the same step of load on a new cluster in each turn. On one and the same, the pods of the turn
 * before would have to go first, which takes as long as a new cluster does, and would leave pods that
 * have been under load already.
 *
 * @param read Takes what is to be known of a turn, while its cluster is still there.
 */
export async function loadsFromNothing<T>(
  options: BenchOptions,
  what: LoadFromNothing,
  read: (record: LoadRecord) => T | Promise<T>,
): Promise<T[]> {
  const { turns, say } = options;
  const taken: T[] = [];
  for (let turn = 1; turn <= turns; turn++) {
    say(`  turn ${String(turn)} of ${String(turns)}`);
    try {
      taken.push(await read(await loadFromNothing(options, what)));
    } finally {
      await stopCluster({ name: what.name });
    }
  }
  return taken;
}

async function loadFromNothing(
  { install, signal }: BenchOptions,
  { name, place: has, load }: LoadFromNothing,
): Promise<LoadRecord> {
  const options = { stack: STACK, signal, say: (): void => undefined };
  await stopCluster({ name });
  const place = await sandboxPlace({ ...options, ...has, name, tier: "auto", install });
  if (!place.podsRun) throw new UserError(NO_LOAD);
  // As with `npm start`: load begins when the autoscaler reads the pods.
  await upStack(place, { ...options, quiet: true });
  const run = await loadRun(place, { ...LOAD_DEFAULTS, ...load, ...options, name, scaleIn: false });
  const { runLoad } = await import("../../load/runLoad.js");
  return runLoad(run);
}
