import { join } from "node:path";

import { Command, Option } from "commander";

import { interruptSignal } from "../../host/interrupt";
import { stateFolder } from "../../host/stateFolder";
import { PART_NAMES, type PartName } from "../bench/parts";
import { wholeNumber } from "./options";

interface Flags {
  turns: number;
  only?: PartName[];
  out: string;
  against?: string;
  install: boolean;
}

/** `bench`: how fast it all is. */
export function benchCommand(): Command {
  return new Command("bench")
    .description("measures how fast all of it is, as a table; other programs should rest meanwhile")
    .addOption(new Option("--only <part...>", "parts to measure").choices(PART_NAMES))
    .option("--turns <count>", "how often each thing is done and counted", wholeNumber, 5)
    .option("--out <file>", "where the rows are kept", join(stateFolder(), "bench.json"))
    .option("--against <file>", "rows of an earlier run to compare with")
    .option("--no-install", "install no Debian package, even where one is missing")
    .action(async ({ turns, only, out, against, install }: Flags) => {
      // Only now: what measures and what checks rows is a third of a second to load for any command.
      const { bench } = await import("../bench/bench.js");
      const { readRows } = await import("../bench/readRows.js");
      const { tableOf } = await import("../bench/report.js");
      const say = console.log;
      // Before anything is measured: the file may be the one that is written to.
      const earlier = against === undefined ? undefined : await readRows(against);
      const signal = interruptSignal();
      const { rows } = await bench(only ?? PART_NAMES, out, { turns, install, signal, say });
      say(await tableOf(rows, earlier?.rows));
      say(`The rows are in ${out}`);
    });
}
