import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { stopCluster } from "../../sandbox/cluster/stopCluster";
import { isAlive, startOf, type ProcessIdentity } from "../../sandbox/cluster/processIdentity";
import { knownClusters } from "../../sandbox/cluster/state";

const PREFIX = "k8s-test-suite-";
/** Says whose a suite's state folder is. */
const OWNER = "owner.json";

/** Makes a state folder for a suite of this process. */
export async function makeSuiteFolder(parent = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(parent, PREFIX));
  const owner: Partial<ProcessIdentity> = {
    pid: process.pid,
    started: await startOf(process.pid),
  };
  await writeFile(join(folder, OWNER), JSON.stringify(owner));
  return folder;
}

/**
 * Takes down the clusters of suites that were killed before they could: another one that needs a node
 * could not start.
 *
 * @returns the state folders that were there, which are gone.
 */
export async function takeDownLeftSuites(parent = tmpdir()): Promise<string[]> {
  const folders = (await readdir(parent)).filter((name) => name.startsWith(PREFIX));
  const left: string[] = [];
  for (const folder of folders.map((name) => join(parent, name))) {
    const owner = await ownerOf(folder);
    if (owner === undefined || (await isAlive(owner))) continue;
    await withStateFolder(folder, async () => {
      for (const name of knownClusters()) await stopCluster({ name });
    });
    await rm(folder, { recursive: true });
    left.push(folder);
  }
  return left;
}

/** Runs something with another state folder than the usual one. */
async function withStateFolder(folder: string, work: () => Promise<void>): Promise<void> {
  const usual = process.env["XDG_STATE_HOME"];
  process.env["XDG_STATE_HOME"] = folder;
  try {
    await work();
  } finally {
    if (usual === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = usual;
  }
}

async function ownerOf(folder: string): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, OWNER), "utf8")) as ProcessIdentity;
  } catch {
    // Another user's, or just being made.
    return undefined;
  }
}
