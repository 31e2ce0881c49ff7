import { copyFile, link, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { codeOf } from "../../host/errors";
import type { Toolchain } from "../toolchain/toolchain";

/**
 * Puts an engine and its language host into one folder: one that is not beside the engine is used,
 * too, but with a warning at each run.
 *
 * @returns folders for PATH, in which all programs of a stack's shell are.
 */
export async function programFolders(tools: Toolchain, folder: string): Promise<string[]> {
  const pulumi = tools.path("pulumi");
  const host = tools.path("pulumi-language-nodejs");
  const others = ["kubectl", "helm"].map((name) => dirname(tools.path(name)));
  if (dirname(pulumi) === dirname(host)) return [dirname(pulumi), ...others];
  await mkdir(folder, { recursive: true });
  await place(pulumi, join(folder, "pulumi"));
  await place(host, join(folder, "pulumi-language-nodejs"));
  return [folder, ...others];
}

/** A hard link, and not a symbolic one: an engine looks beside the file that it really is. */
async function place(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  try {
    await link(from, to);
  } catch (error) {
    // Folders on two disks.
    if (codeOf(error) !== "EXDEV") throw error;
    await copyFile(from, to);
  }
}
