import { join } from "node:path";

import { Command, Option } from "commander";

import { stateFolder } from "../../host/stateFolder";
import { UserError } from "../../host/userError";
import { SCANNERS, type Scanner } from "../scan/finding";
import { givenPlace } from "../stack/place";
import { withPlaceFlags, type PlaceFlags } from "./options";

interface Flags extends PlaceFlags {
  out?: string;
  only?: Scanner[];
  install: boolean;
}

/** `scan`: what scanners have against the objects that a stack has applied. */
export function scanCommand(): Command {
  return withPlaceFlags(new Command("scan"))
    .description("shows the objects of a stack, read back from the API server, to scanners")
    .addOption(new Option("--only <scanner...>", "scanners to ask").choices(SCANNERS))
    .option("--out <folder>", "folder that takes objects and reports")
    .option("--no-install", "install no Debian package, even where one is missing")
    .action(async (flags: Flags) => {
      const { scanReport, scanStack } = await import("../scan/scan.js");
      const { stack, install, only: scanners = SCANNERS } = flags;
      const { out = join(stateFolder(), "scan", stack) } = flags;
      const say = console.log;
      const { engine } = await givenPlace(flags, say);
      const options = { stack, out, scanners, install, say };
      const scan = await scanStack(engine, options);
      say(scanReport(scan, options));
      if (scan.unexplained.length > 0) {
        throw new UserError(
          "Mend what was found in components/, or say in sandbox/scan/accepted.ts why it stands.",
        );
      }
    });
}
