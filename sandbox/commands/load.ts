import { Command } from "commander";

import { interruptSignal } from "../../host/interrupt";
import { withLoadFlags, type LoadFlags } from "../../load/options";
import { loadPlace } from "../stack/loadPlace";
import { givenPlace } from "../stack/place";
import { withPlaceFlags, type PlaceFlags } from "./options";

/** `load`: the load test of `load/`, on the sandbox. */
export function loadCommand(): Command {
  const command = new Command("load").description(
    "puts load on the app, watches it scale, and says whether it did",
  );
  return withLoadFlags(withPlaceFlags(command)).action(async (flags: PlaceFlags & LoadFlags) => {
    const say = console.log;
    const signal = interruptSignal();
    const place = await givenPlace(flags, say);
    await loadPlace(place, { ...flags, signal, say });
  });
}
