import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import type { StackConfig } from "./overlay";

/** Root of the repo: where the program is. */
export const ROOT = join(__dirname, "..", "..");

interface StackFile {
  config?: StackConfig;
  encryptionsalt?: string;
}

/** The config that a stack has in the repo. */
export function ownConfig(stack: string): Promise<StackConfig> {
  return projectConfig(ROOT, stack);
}

/** The config that a stack has in the project of a folder; empty where there is none yet. */
export async function projectConfig(folder: string, stack: string): Promise<StackConfig> {
  const path = stackFileIn(folder, stack);
  return existsSync(path) ? ((await readStackFile(path)).config ?? {}) : {};
}

/**
 * Writes a Pulumi project that runs the repo's program as it is, with another config: so the repo's
 * own stack files are never written to.
 *
 * @param kept - Keys that keep the value that they have in the project. @default none
 */
export async function writeProject(
  folder: string,
  stack: string,
  config: StackConfig,
  kept: readonly string[] = [],
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const project = parse(await readFile(join(ROOT, "Pulumi.yaml"), "utf8")) as object;
  await writeFile(join(folder, "Pulumi.yaml"), stringify({ ...project, main: ROOT }));

  const path = stackFileIn(folder, stack);
  // What the engine has added for its secrets stays.
  const earlier = existsSync(path) ? await readStackFile(path) : {};
  const same = Object.entries(earlier.config ?? {}).filter(([key]) => kept.includes(key));
  const next = { ...earlier, config: { ...config, ...Object.fromEntries(same) } };
  await writeFile(path, stringify(next), { mode: 0o600 });
}

function stackFileIn(folder: string, stack: string): string {
  return join(folder, `Pulumi.${stack}.yaml`);
}

async function readStackFile(path: string): Promise<StackFile> {
  return (parse(await readFile(path, "utf8")) as StackFile | null) ?? {};
}
