import { mkdir, statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

import { UserError } from "./userError";

/**
 * Folder in which the project keeps what it has made, outside of the repository: `k8s-test` in
 * `$XDG_CACHE_HOME`, or in `~/.cache` where that is not set.
 */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  const base = env["XDG_CACHE_HOME"];
  // The XDG specification has a relative path ignored.
  return join(base !== undefined && isAbsolute(base) ? base : join(home, ".cache"), "k8s-test");
}

/**
 * Makes a folder, with those above it.
 *
 * @param least Bytes that must be free on its disk.
 * @throws UserError where it cannot be made, or has less room than that.
 */
export async function makeFolder(folder: string, least: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `${folder} cannot be made (${why}): point XDG_CACHE_HOME at a folder you can write to.`,
    );
  }
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < least) {
    throw new UserError(
      `${folder} has ${mebibytes(free)} MiB of room and ${mebibytes(least)} MiB are needed: ` +
        "make room, or point XDG_CACHE_HOME at a folder on a larger disk.",
    );
  }
}

function mebibytes(bytes: number): string {
  return String(Math.floor(bytes / 2 ** 20));
}
