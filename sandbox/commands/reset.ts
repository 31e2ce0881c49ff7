import { rm } from "node:fs/promises";

import { Command } from "commander";

import { cacheFolder } from "../../host/cacheFolder";
import { stateFolder } from "../../host/stateFolder";
import { UserError } from "../../host/userError";
import { knownClusters } from "../cluster/state";
import { stopCluster } from "../cluster/stopCluster";
import { ownContexts } from "../stack/ownPlace";

/** `reset`: as on the first day; with `--cache` as before it. */
export function resetCommand(): Command {
  return new Command("reset")
    .description("ends every cluster and removes all state and logs of the sandbox")
    .option(
      "--cache",
      "remove the built tools and images too: the next start builds them anew",
      false,
    )
    .option(
      "--forget",
      "forget stacks on clusters of your own, whose objects then stay there",
      false,
    )
    .action(async ({ cache, forget }: { cache: boolean; forget: boolean }) => {
      const [context] = forget ? [] : ownContexts();
      if (context !== undefined) {
        throw new UserError(
          `There may be a stack on your own cluster of context "${context}". Take it down first: npm run sandbox -- down --context ${context}, or leave its objects there: npm run sandbox -- reset --forget`,
        );
      }
      for (const name of knownClusters()) {
        await stopCluster({ name });
        console.log(`Cluster "${name}" is down.`);
      }
      const folders = [stateFolder(), ...(cache ? [cacheFolder()] : [])];
      for (const folder of folders) {
        await rm(folder, { recursive: true, force: true });
        console.log(`Removed ${folder}.`);
      }
    });
}
