import { join } from "node:path";

import { Command, Option } from "commander";

import { stateFolder } from "../../host/stateFolder";
import { wholeNumberWithin } from "../../load/options";
import { nameOption } from "./options";

interface Flags {
  name: string;
  minutes?: number;
  out?: string;
}

/** A day, as long as the sandbox's Prometheus keeps series. */
const MOST_MINUTES = 1440;

/** `dashboard`: what Grafana would show, as pictures. */
export function dashboardCommand(): Command {
  return new Command("dashboard")
    .description(
      "draws the dashboard that is in the cluster, of what its Prometheus answers (up --monitoring)",
    )
    .addOption(
      new Option(
        "--minutes <n>",
        "minutes up to now to show (default: as many as the dashboard itself)",
      ).argParser(wholeNumberWithin(1, MOST_MINUTES)),
    )
    .option("--out <folder>", "folder for the pictures (default: one in ~/.local/state)")
    .addOption(nameOption())
    .action(async ({ name, minutes, out = join(stateFolder(), "dashboard", name) }: Flags) => {
      const { drawDashboards } = await import("../dashboard/drawDashboards.js");
      await drawDashboards({ name, out, minutes, say: console.log });
    });
}
