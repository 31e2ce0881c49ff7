import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { cacheFolder } from "../../host/cacheFolder";
import { run } from "../../host/run";

/** Release of Renovate whose schema its config is held against, and what npm says its archive is. */
const RELEASE = "44.121.2";
const INTEGRITY =
  "sha512-gNsY+POw2UN3B4e8x0B5UK3onH1qF7wMirKGaUnJcSx3+xEWH4n35RS4rvVEtTIIV/BoZoFbsIo7njTb9Mydxg==";

/**
 * The JSON schema of Renovate's config: one file of the package, fetched the first time and kept. The
 * package itself is not installed: it is half a gigabyte, and wants a newer Node.
 */
export async function renovateSchema(): Promise<object> {
  const folder = join(cacheFolder(), "lint", `renovate-${RELEASE}`);
  const file = join(folder, "package", "renovate-schema.json");
  if (!existsSync(file)) await fetchTo(folder);
  return JSON.parse(await readFile(file, "utf8")) as object;
}

async function fetchTo(folder: string): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "k8s-test-renovate-"));
  try {
    await run("npm", ["pack", "--silent", "--pack-destination", scratch, `renovate@${RELEASE}`]);
    const archive = join(scratch, `renovate-${RELEASE}.tgz`);
    const hash = createHash("sha512").update(await readFile(archive));
    const integrity = `sha512-${hash.digest("base64")}`;
    if (integrity !== INTEGRITY) throw new Error(`renovate ${RELEASE} is ${integrity}`);
    const unpacked = join(scratch, "unpacked");
    await mkdir(unpacked);
    await run("tar", ["-xzf", archive, "-C", unpacked, "package/renovate-schema.json"]);
    await mkdir(join(folder, ".."), { recursive: true });
    await rm(folder, { recursive: true, force: true });
    await rename(unpacked, folder);
  } finally {
    await rm(scratch, { recursive: true });
  }
}
