import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { run } from "../../host/run";
import { PAUSE_IMAGE } from "./components/containerd";

const BUSYBOX = "/bin/busybox";

/** A program that is all that an image holds. */
export interface ImageProgram {
  /** Path on this machine; it must be linked statically. */
  file: string;
  /** Path in the image. */
  path: string;
}

/**
 * Makes an image that holds nothing but one program, as an OCI archive in the cache.
 *
 * @returns the archive's path.
 */
export async function programImage(
  cache: string,
  reference: string,
  { file, path }: ImageProgram,
  entrypoint: readonly string[],
): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([reference, entrypoint]));
  const key = hash
    .update(await readFile(file))
    .digest("hex")
    .slice(0, 12);
  const folder = join(cache, "images");
  const archive = join(folder, `${basename(path)}-${key}.tar`);
  if (existsSync(archive)) return archive;
  await mkdir(folder, { recursive: true });
  const scratch = await mkdtemp(join(tmpdir(), "k8s-test-image-"));
  const storage = [`--root=${scratch}/root`, `--runroot=${scratch}/run`, "--storage-driver=vfs"];
  const buildah = (...args: string[]): Promise<string> => run("buildah", [...storage, ...args]);
  try {
    const container = await buildah("from", "scratch");
    await buildah("copy", "--chmod=0755", container, file, path);
    await buildah("config", `--entrypoint=${JSON.stringify(entrypoint)}`, container);
    const unfinished = `${scratch}/image.tar`;
    await buildah("commit", container, `oci-archive:${unfinished}:${reference}`);
    await buildah("rm", container);
    await run("cp", [unfinished, `${archive}.unfinished`]);
    await rename(`${archive}.unfinished`, archive);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return archive;
}

/** An image that holds nothing but Debian's static busybox. */
export async function busyboxImage(
  cache: string,
  reference: string,
  entrypoint: readonly string[],
): Promise<string> {
  return programImage(cache, reference, { file: BUSYBOX, path: BUSYBOX }, entrypoint);
}

/** The image that holds a pod's namespaces open: it sleeps until it is ended. */
export async function pauseImage(cache: string): Promise<string> {
  return busyboxImage(cache, PAUSE_IMAGE, ["/bin/busybox", "sleep", "2147483647"]);
}
