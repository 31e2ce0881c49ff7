import { Command } from "commander";

import { interruptSignal } from "../../host/interrupt";
import { withLoadFlags, type LoadFlags } from "../../load/options";
import { loadPlace, usualWay } from "../stack/loadPlace";
import { givenPlace } from "../stack/place";
import { withPlaceFlags, type PlaceFlags } from "./options";

/** `load`: the load test of `load/`, on the sandbox. */
export function loadCommand(): Command {
  const command = new Command("load").description(
    "puts load on the app, watches it scale, and says whether it did",
  );
  withLoadFlags(withPlaceFlags(command));
  return command.action(async (flags: PlaceFlags & LoadFlags) => {
    const say = console.log;
    const signal = interruptSignal();
    const place = await givenPlace(flags, say);
    const isDefault = command.getOptionValueSource("through") === "default";
    const through = isDefault ? usualWay(place) : flags.through;
    await loadPlace(place, { ...flags, through, signal, say });
  });
}
