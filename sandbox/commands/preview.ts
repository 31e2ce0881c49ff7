import { Command } from "commander";

import { interruptSignal } from "../../host/interrupt";
import { ownPlace } from "../stack/ownPlace";
import { isUp, nowhere, runningPlace } from "../stack/place";
import { previewStack } from "../stack/previewStack";
import { withPlaceFlags, type PlaceFlags } from "./options";

/** `preview`: the plan, with a cluster or without. */
export function previewCommand(): Command {
  return withPlaceFlags(new Command("preview"))
    .description("runs `pulumi preview` of a stack; needs no cluster and no account")
    .option("--no-policy", "do not judge the plan by the policy pack")
    .option("--summary <file>", "adds a summary in Markdown to a file")
    .action(async (flags: PlaceFlags & { policy: boolean; summary?: string }) => {
      const { name, context, stack, policy, summary } = flags;
      const say = console.log;
      const signal = interruptSignal();
      const place =
        context !== undefined
          ? await ownPlace(context, stack, say)
          : (await isUp(name))
            ? await runningPlace(name, stack, say)
            : await nowhere(say, stack);
      const options = { stack, policy, signal, say, ...(summary !== undefined && { summary }) };
      await previewStack(place, options);
    });
}
