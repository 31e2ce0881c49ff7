import { join } from "node:path";

import { Command } from "commander";

import { UserError } from "../../host/userError";
import { lastLines, logNames } from "../cluster/logs";
import { clusterLayout } from "../cluster/state";
import { tailnetLayout } from "../tailnet/state";
import { nameOption, wholeNumber } from "./options";

export function logsCommand(): Command {
  return new Command("logs")
    .description("shows the last lines of a process's log; they stay after `down`")
    .argument("<process>", "name of the process, as `status` shows it")
    .option("--lines <count>", "how many lines", wholeNumber, 50)
    .addOption(nameOption())
    .action((process: string, { name, lines }: { name: string; lines: number }) => {
      const folders = [clusterLayout(name).logs, tailnetLayout(name).logs];
      const names = folders.flatMap(logNames);
      if (names.length === 0) throw new UserError(`There are no logs of a cluster "${name}".`);
      const folder = folders.find((one) => logNames(one).includes(process));
      if (folder === undefined) {
        throw new UserError(`There is no log of "${process}". There are: ${names.join(", ")}.`);
      }
      const log = join(folder, `${process}.log`);
      const found = lastLines(log, lines);
      console.log(found.length === 0 ? `${log} is empty.` : found.join("\n"));
    });
}
