import { Command } from "commander";

import { statusReport } from "../cluster/reports";
import { knownClusters } from "../cluster/state";
import { clusterStatus } from "../cluster/status";
import { nameOption } from "./options";

export function statusCommand(): Command {
  return new Command("status")
    .description("shows what runs")
    .addOption(nameOption())
    .action(async ({ name }: { name: string }) => {
      console.log(statusReport(name, await clusterStatus(name), knownClusters()));
    });
}
