import { Command, Option } from "commander";

import { interruptSignal } from "../../host/interrupt";
import { UserError } from "../../host/userError";
import { LOAD_DEFAULTS } from "../../load/options";
import type { ClusterTier } from "../cluster/state";
import { loadPlace, NO_LOAD, usualWay } from "../stack/loadPlace";
import { TAILNETS, type TailnetKind } from "../stack/onTailnet";
import { ownPlace } from "../stack/ownPlace";
import { sandboxPlace, type Place } from "../stack/place";
import { upStack } from "../stack/upStack";
import { withPlaceFlags, type PlaceFlags } from "./options";
import { whatNext } from "./whatNext";

interface Flags extends PlaceFlags {
  tier: ClusterTier | "auto";
  install: boolean;
  arm64: boolean;
  load: boolean;
  edge: boolean;
  monitoring: boolean;
  tailnet: TailnetKind;
}

/** `up`: the cluster, then the stack on it. */
export function upCommand(): Command {
  return withPlaceFlags(new Command("up"))
    .description("starts a cluster, unless it runs, and runs `pulumi up` of a stack on it")
    .addOption(
      new Option("--tier <tier>", "node: a real node (Linux, root); cluster: simulated nodes")
        .choices(["auto", "cluster", "node"])
        .default("auto", "node where it works, else cluster"),
    )
    .option("--no-install", "install no Debian package, even where one is missing")
    .option(
      "--no-edge",
      "Traefik is simulated, nothing answers https; saves building three tools (tier node, stack home)",
    )
    .option(
      "--monitoring",
      "KEDA and Prometheus run, and the app scales on requests per second (tier node, stack home)",
      false,
    )
    .addOption(
      new Option(
        "--tailnet <tailnet>",
        "real: Tailscale's own programs, and pulumi runs on a laptop in that tailnet (stack live, tier node)",
      )
        .choices(TAILNETS)
        .default("simulated"),
    )
    .option("--no-load", "do not put load on the app at the end")
    .option("--arm64", "simulate a second node, labelled arm64 (tier cluster)", false)
    .action(async (flags: Flags) => {
      const say = console.log;
      const signal = interruptSignal();
      const place = await placeOf(flags, signal, say);
      const options = { stack: flags.stack, signal, say };
      await upStack(place, options);
      if (flags.load) await showLoad(place, flags, options);
      say(whatNext(flags, place));
    });
}

async function placeOf(flags: Flags, signal: AbortSignal, say: typeof console.log): Promise<Place> {
  const { context, name, stack, tier, install, arm64, edge, monitoring, tailnet } = flags;
  if (arm64 && tier !== "cluster") {
    throw new UserError(
      "--arm64 needs --tier cluster: only where nodes are simulated there can be two.",
    );
  }
  return context === undefined
    ? sandboxPlace({
        ...{ name, stack, tier, tailnet, install, arm64Node: arm64, monitoring, signal, say },
        // Without the flag, the stack decides.
        ...(!edge && { edge }),
      })
    : ownPlace(context, stack, say);
}

/** Shows the app scale, where pods really run, and on nobody else's cluster unasked. */
async function showLoad(
  place: Place,
  { name, context }: Flags,
  options: { stack: string; signal: AbortSignal; say: typeof console.log },
): Promise<void> {
  if (context !== undefined) {
    options.say(
      `\nNo load is put on a cluster of your own unasked. To see it scale: npm run sandbox -- load --context ${context}`,
    );
  } else if (!place.podsRun) {
    options.say(`\n${NO_LOAD}`);
  } else {
    await loadPlace(place, { ...LOAD_DEFAULTS, through: usualWay(place), ...options, name });
  }
}
