import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { TopLevelSpec } from "vega-lite";

import { codeOf, messageOf } from "../../host/errors";
import { UserError } from "../../host/userError";
import { renderPng } from "./renderPng";

/**
 * Draws specs as PNG files. They are all there before the first is drawn, so that there is no set of
 * charts of which some are of another run.
 *
 * @param specs - By the names of their files.
 * @param folder - Where they are put; made where it is not there.
 * @returns the paths of the files.
 * @throws UserError where the folder cannot be written to.
 */
export async function writeCharts(
  specs: ReadonlyMap<string, TopLevelSpec>,
  folder: string,
): Promise<string[]> {
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
