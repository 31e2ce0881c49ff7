import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { stringify } from "csv-stringify/sync";

import { messageOf } from "../host/errors";
import { stateFolder } from "../host/stateFolder";
import { UserError } from "../host/userError";
import type { LoadRecord, Sample } from "./record";

/** Names of the files of a record. */
export const RECORD_FILE = "record.json";
export const SAMPLES_FILE = "samples.csv";

/** The folder that a record gets where none is named: one for each load, by its time. */
export function recordFolder(time: Date): string {
  return join(stateFolder(), "loads", time.toISOString().replace(/[:.]/g, "-"));
}

/** @throws UserError where the folder cannot be made, so that it is known before a load. */
export async function makeRecordFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  try {
    await mkdir(path, { recursive: true });
    return path;
  } catch (error) {
    throw new UserError(
      `The folder ${path} for the record cannot be made: ${messageOf(error)}. Give another to --out.`,
    );
  }
}

/** Writes a record, and its samples as a table. */
export async function keepRecord(record: LoadRecord, folder: string): Promise<void> {
  await writeFile(join(folder, RECORD_FILE), `${JSON.stringify(record, undefined, 2)}\n`);
  await writeFile(join(folder, SAMPLES_FILE), samplesTable(record.samples));
}

/**
 * Samples as CSV: a row for each, and two columns for each metric that was ever read. Where one was
 * not read at a time, a last column names it; what KEDA makes up in its place is no reading.
 */
export function samplesTable(samples: readonly Sample[]): string {
  const metrics = new Map<string, string>();
  for (const { name, unit } of samples.flatMap((sample) => sample.metrics)) {
    metrics.set(name, unit === "" ? name : `${name} (${unit})`);
  }
  const wereUnread = samples.some(({ unread }) => unread !== undefined);
  const rows = samples.map(({ at, pods, metrics: readings, unread = [], traffic }) => {
    const row: Record<string, number | undefined> = {
      "seconds since the load began": at,
      "pods asked for": pods.desired,
      "pods there": pods.current,
      "pods ready": pods.ready,
      "pods reached": pods.endpoints,
    };
    for (const [name, heading] of metrics) {
      const reading = readings.find((each) => each.name === name);
      row[heading] = reading?.current;
      row[`target of ${heading}`] = reading?.target;
    }
    return {
      ...row,
      "requests/s": traffic.requestsPerSecond,
      "requests in all": traffic.requests,
      failed: traffic.failed,
      "p99 (ms)": traffic.p99,
      ...(wereUnread && { "metrics not read": unread.map(({ name }) => name).join(" ") }),
    };
  });
  return stringify(rows, { header: true });
}
