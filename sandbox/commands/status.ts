import { Command } from "commander";

import { statusReport } from "../cluster/reports";
import { knownClusters } from "../cluster/state";
import { clusterStatus } from "../cluster/status";
import { tailnetReport } from "../tailnet/tailnetReport";
import { tailnetStatus } from "../tailnet/tailnetStatus";
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
      const tailnet = await tailnetStatus(name);
      if (tailnet !== undefined) console.log(tailnetReport(tailnet));
      if (!isInCloud(stack)) return;
      console.log(await cloudReport(cloudFolder(name), tailnet ? "real" : "simulated"));
    });
}
