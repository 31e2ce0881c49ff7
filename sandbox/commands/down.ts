import { rm } from "node:fs/promises";

import { Command } from "commander";

import { interruptSignal } from "../../host/interrupt";
import { stopCluster } from "../cluster/stopCluster";
import { ownFolder, ownPlace } from "../stack/ownPlace";
import { recoverStack } from "../stack/recoverStack";
import { withPlaceFlags, type PlaceFlags } from "./options";

/** `down`: the cluster with all that is on it; of a cluster of the user's own, the stack alone. */
export function downCommand(): Command {
  return withPlaceFlags(new Command("down"))
    .description(
      "ends the cluster and removes all that it has made; works after a crash, and twice",
    )
    .action(async (flags: PlaceFlags) => {
      const { name, context, stack } = flags;
      const signal = interruptSignal();
      if (context !== undefined) {
        await downOwn(context, stack, signal);
        return;
      }
      const was = await stopCluster({ name });
      console.log(was ? `Cluster "${name}" is down.` : `There is no cluster "${name}".`);
    });
}

async function downOwn(context: string, stack: string, signal: AbortSignal): Promise<void> {
  const { engine } = await ownPlace(context, stack, console.log);
  const was = await engine.has(stack);
  if (was) {
    const flags = ["--yes", "--skip-preview", "--stack", stack];
    // What is there and not in the state would stay: the engine takes it over first, as far as it can.
    const isIncomplete = await recoverStack(engine, stack, { say: console.log, signal });
    if (isIncomplete) await engine.show(["up", ...flags], signal).catch(() => undefined);
    await engine.show(["destroy", ...flags], signal);
  }
  await rm(ownFolder(context), { recursive: true, force: true });
  const where = `the cluster of context "${context}"`;
  console.log(
    was ? `Stack "${stack}" is gone from ${where}.` : `There is no stack "${stack}" on ${where}.`,
  );
}
