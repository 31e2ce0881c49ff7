import type { TopLevelSpec } from "vega-lite";

import type { LoadRecord } from "../record";
import { beforeRampUp } from "./beforeRampUp";
import { newPodsReady } from "./newPodsReady";
import { overview } from "./overview";
import { requireSeries } from "./requireSeries";
import { scaleEvent } from "./scaleEvent";
import { writeCharts } from "./writeCharts";

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
  const specs = Object.entries(CHARTS).map(([name, specOf]) => [name, specOf(record)] as const);
  return writeCharts(new Map(specs), folder);
}
