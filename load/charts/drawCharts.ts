import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { TopLevelSpec } from "vega-lite";

import { codeOf, messageOf } from "../../host/errors";
import { UserError } from "../../host/userError";
import type { LoadRecord } from "../record";
import { beforeRampUp } from "./beforeRampUp";
import { newPodsReady } from "./newPodsReady";
import { overview } from "./overview";
import { renderPng } from "./renderPng";
import { requireSeries } from "./requireSeries";
import { scaleEvent } from "./scaleEvent";

/** The charts by the names of their files, in the order of the story that they tell. */
export const CHARTS: Readonly<Record<string, (record: LoadRecord) => TopLevelSpec>> = {
  "before-ramp-up.png": beforeRampUp,
  "scale-event.png": scaleEvent,
  "new-pods-ready.png": newPodsReady,
  "overview.png": overview,
};

/**
 * Draws the charts of a record as PNG files of 1800 pixels in width. The same record gives the
 * same bytes.
 *
 * @param folder - Where they are put; made where it is not there.
 * @returns the paths of the files.
 * @throws UserError where the record lacks what a chart shows, or the folder cannot be written to.
 */
export async function drawCharts(record: LoadRecord, folder: string): Promise<string[]> {
  requireSeries(record);
  // All before the first is drawn: no set of charts of which some are of another run.
  const specs = Object.entries(CHARTS).map(([name, specOf]) => [name, specOf(record)] as const);
  const files: string[] = [];
  await inFolder(folder, () => mkdir(folder, { recursive: true }));
  for (const [name, spec] of specs) {
    const png = await renderPng(spec);
    const file = join(folder, name);
    await inFolder(folder, () => writeFile(file, png));
    files.push(file);
  }
  return files;
}

async function inFolder(folder: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new UserError(
      `The charts cannot be put into ${folder} (${codeOf(error) ?? messageOf(error)}): name a folder that you can write to.`,
    );
  }
}
