import { Command } from "commander";

import { UserError } from "../host/userError";
import { benchCommand } from "./commands/bench";
import { dashboardCommand } from "./commands/dashboard";
import { downCommand } from "./commands/down";
import { forwardCommand } from "./commands/forward";
import { loadCommand } from "./commands/load";
import { logsCommand } from "./commands/logs";
import { pictureCommand } from "./commands/picture";
import { previewCommand } from "./commands/preview";
import { resetCommand } from "./commands/reset";
import { scanCommand } from "./commands/scan";
import { shellCommand } from "./commands/shell";
import { statusCommand } from "./commands/status";
import { upCommand } from "./commands/up";

const DESCRIPTION = `Runs a stack for real, on a Kubernetes cluster of this machine's own.

  npm start                         brings up a cluster, runs the stack "home" on it, and puts load on it
  npm run sandbox -- preview        shows the plan, without any cluster
  npm run sandbox -- up --stack live
                                    the same for the stack in the cloud, which is simulated
  npm run sandbox -- down           takes everything down

Nothing of it touches your own Pulumi login, stacks or clusters.`;

async function main(): Promise<void> {
  const program = new Command("npm run sandbox --")
    .description(DESCRIPTION)
    .showHelpAfterError("(--help shows what is possible)");
  for (const command of [
    upCommand(),
    previewCommand(),
    loadCommand(),
    pictureCommand(),
    forwardCommand(),
    dashboardCommand(),
    scanCommand(),
    shellCommand(),
    statusCommand(),
    logsCommand(),
    downCommand(),
    resetCommand(),
    benchCommand(),
  ]) {
    program.addCommand(command);
  }
  try {
    await program.parseAsync();
  } catch (error) {
    console.error(error instanceof UserError ? error.message : error);
    process.exitCode ??= 1;
  }
}

void main();
