import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { UserError } from "../host/userError";

/** Folder of the Dockerfile, and all that it may read. */
export const IMAGE_FOLDER = __dirname;

/** What the image is made of. Another content of one of them makes another image. */
export const INPUTS = ["Dockerfile", ".dockerignore", "requirements.txt", "serve.py"] as const;

/** Name of the content of the inputs: the same for the same bytes, on every machine. */
export async function inputsKey(folder: string = IMAGE_FOLDER): Promise<string> {
  const hash = createHash("sha256");
  for (const name of INPUTS) {
    const content = await readFile(join(folder, name));
    hash.update(`${name}\0${String(content.length)}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 16);
}

/** The base image that a Dockerfile names. */
export interface BaseImage {
  /** With registry, tag and digest, such as `docker.io/library/debian:trixie-slim@sha256:...`. */
  reference: string;
  /** Debian's name of the release, such as `trixie`. */
  release: string;
}

/** Reads which base image a Dockerfile is built on when nothing else is said. */
export function baseImage(dockerfile: string): BaseImage {
  const found = /^ARG BASE=(\S+\/debian:([a-z]+)(?:-\S+)?)$/m.exec(dockerfile);
  if (found?.[1] === undefined || found[2] === undefined) {
    throw new UserError("image/Dockerfile names no base: ARG BASE=docker.io/library/debian:...");
  }
  return { reference: found[1], release: found[2] };
}
