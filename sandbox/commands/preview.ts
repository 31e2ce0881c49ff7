import { Command } from "commander";

import { interruptSignal } from "../../host/interrupt";
import { isUp, nowhere, ownPlace, runningPlace } from "../stack/place";
import { previewStack } from "../stack/upStack";
import { withPlaceFlags, type PlaceFlags } from "./options";

/** `preview`: the plan, with a cluster or without. */
export function previewCommand(): Command {
  return withPlaceFlags(new Command("preview"))
    .description("runs `pulumi preview` of a stack; needs no cluster and no account")
    .option("--no-policy", "do not judge the plan by the policy pack")
    .action(async (flags: PlaceFlags & { policy: boolean }) => {
      const { name, context, stack, policy } = flags;
      const say = console.log;
      const signal = interruptSignal();
      const place =
        context !== undefined
          ? await ownPlace(context, stack, say)
          : (await isUp(name))
            ? await runningPlace(name, stack, say)
            : await nowhere(say, stack);
      await previewStack(place, { stack, policy, signal, say });
    });
}
