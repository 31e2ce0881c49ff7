import { existsSync } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { makeFolder } from "../host/cacheFolder";
import type { Architecture } from "../host/emulation";
import { exclusively } from "../host/exclusive";
import { buildWithBuildah } from "./buildah";
import type { BuildContext } from "./context";
import { buildWithBuildx, dockerAnswers } from "./buildx";
import { inputsKey } from "./inputs";

/** Room that a build takes on the disk of the cache: base, layers and the archive. */
const BUILD_BYTES = 2 * 2 ** 30;

/** An image that was built. */
export interface BuiltImage {
  architecture: Architecture;
  /** Path of the OCI archive. */
  archive: string;
  /** Bytes of the archive, whose layers are compressed. */
  bytes: number;
  /** Whether it was built now, and not taken from the cache. */
  built: boolean;
}

/**
 * Gives the image as an OCI archive: from the cache, or built where the inputs have changed since.
 *
 * @throws UserError where it cannot be built here, with what to do about it.
 */
export async function buildImage(
  architecture: Architecture,
  context: BuildContext,
): Promise<BuiltImage> {
  const { cache, say } = context;
  const key = await inputsKey();
  const archive = join(cache, archiveName(key, architecture));
  await makeFolder(cache, existsSync(archive) ? 0 : BUILD_BYTES);

  const onBusy = (): void => {
    say("Another run is building an image; waiting for it.");
  };
  return exclusively(cache, { onBusy }, async () => {
    const built = !existsSync(archive);
    if (built) {
      const partial = `${archive}.partial`;
      await rm(partial, { force: true });
      const docker = await dockerAnswers();
      say(`linux/${architecture}: building with ${docker ? "docker buildx" : "buildah"}`);
      await (docker ? buildWithBuildx : buildWithBuildah)(architecture, partial, context);
      await rename(partial, archive);
      await removeOthers(cache, key, architecture);
    }
    return { architecture, archive, bytes: (await stat(archive)).size, built };
  });
}

function archiveName(key: string, architecture: Architecture): string {
  return `httpbin-${architecture}-${key}.tar`;
}

/** What was made from inputs that are gone would only fill the disk. */
async function removeOthers(cache: string, key: string, architecture: Architecture): Promise<void> {
  for (const name of await readdir(cache)) {
    const ofInputs = name.startsWith(`httpbin-${architecture}-`) || name.startsWith("reference-");
    if (ofInputs && !name.includes(key)) await rm(join(cache, name), { recursive: true });
  }
}
