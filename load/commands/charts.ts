import { dirname } from "node:path";

import { Command } from "commander";

import { drawCharts } from "../charts/drawCharts";
import { readRecord } from "../charts/readRecord";

/** `charts`: draws the charts of a load test anew, from its record. */
export function chartsCommand(): Command {
  return new Command("charts")
    .description("draws the charts of a load test anew, from its record")
    .argument("<record>", "the record.json that the load test wrote")
    .option("--out <folder>", "folder for the charts (default: that of the record)")
    .action(async (file: string, { out }: { out?: string }) => {
      const record = await readRecord(file);
      for (const chart of await drawCharts(record, out ?? dirname(file))) console.log(chart);
    });
}
