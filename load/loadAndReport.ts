import { join } from "node:path";

import { UserError } from "../host/userError";
import { keepRecord, makeRecordFolder, RECORD_FILE, recordFolder } from "./keepRecord";
import type { LoadRecord } from "./record";
import { verdictReport } from "./report";
import { runLoad, type LoadRun } from "./runLoad";

/** Exit code where the verdict is that something did not do as it should. */
const FAILED = 1;

/** Runs a load, says the verdict, keeps the record, draws the charts, and sets the exit code. */
export async function loadAndReport(run: LoadRun): Promise<LoadRecord> {
  const folder = await makeRecordFolder(run.out ?? recordFolder(new Date()));
  const record = await runLoad(run);
  await keepRecord(record, folder);
  run.say(verdictReport(record));
  run.say(await chartsReport(record, folder));
  if (!record.verdict.passed) process.exitCode ??= FAILED;
  return record;
}

/** Draws the charts. Without them there is still a verdict, so that it is only said why. */
async function chartsReport(record: LoadRecord, folder: string): Promise<string> {
  const { drawCharts } = await import("./charts/drawCharts.js");
  try {
    const charts = await drawCharts(record, folder);
    return ["", `Record: ${join(folder, RECORD_FILE)}`, "Charts:", ...charts.map(indented)].join(
      "\n",
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return ["", `Record: ${join(folder, RECORD_FILE)}`, `No charts: ${error.message}`].join("\n");
  }
}

function indented(line: string): string {
  return `  ${line}`;
}
