import { Command } from "commander";

import { givenPlace } from "../stack/place";
import { openShell } from "../stack/shell";
import { prepareStack } from "../stack/upStack";
import { withPlaceFlags, type PlaceFlags } from "./options";

/** `shell`: plain pulumi and kubectl, on the sandbox. */
export function shellCommand(): Command {
  return withPlaceFlags(new Command("shell"))
    .description("opens a shell in which plain pulumi and kubectl work on the cluster")
    .action(async (flags: PlaceFlags) => {
      const { stack } = flags;
      const say = console.log;
      const place = await givenPlace(flags, say);
      await prepareStack(place, { stack, say });
      await openShell(place.engine, stack);
    });
}
