import { Command } from "commander";

import { statusReport } from "../cluster/reports";
import { knownClusters } from "../cluster/state";
import { clusterStatus } from "../cluster/status";
import { cloudReport } from "../stack/cloudReport";
import { cloudFolder } from "../stack/place";
import { isInCloud } from "../stack/stacks";
import { nameOption, stackOption } from "./options";

export function statusCommand(): Command {
  return new Command("status")
    .description("shows what runs")
    .addOption(stackOption())
    .addOption(nameOption())
    .action(async ({ name, stack }: { name: string; stack: string }) => {
      console.log(statusReport(name, await clusterStatus(name), knownClusters()));
      if (isInCloud(stack)) console.log(await cloudReport(cloudFolder(name)));
    });
}
