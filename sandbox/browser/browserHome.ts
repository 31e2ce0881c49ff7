import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run } from "../../host/run";

/** A folder that a browser takes for its user's home, and that goes with it. */
export interface BrowserHome {
  path: string;
  remove: () => Promise<void>;
}

/**
 * Makes a home of its own for one run of Chromium: nothing of the user's is seen or changed.
 *
 * @param rootPath PEM file of a CA that is trusted there beside the browser's own. @default none
 */
export async function makeBrowserHome(rootPath?: string): Promise<BrowserHome> {
  const path = await mkdtemp(join(tmpdir(), "k8s-test-browser-"));
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 5 });
  try {
    if (rootPath !== undefined) await trust(path, rootPath);
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** On Linux, Chromium trusts whom NSS's database in the user's home does. */
async function trust(home: string, rootPath: string): Promise<void> {
  const folder = join(home, ".pki", "nssdb");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const database = `sql:${folder}`;
  await run("certutil", ["-N", "-d", database, "--empty-password"]);
  // C: a CA that may sign for servers, and for nothing else.
  await run("certutil", ["-A", "-d", database, "-n", "root", "-t", "C,,", "-i", rootPath]);
}
