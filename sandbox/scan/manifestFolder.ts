import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { stringify } from "yaml";

import { nameOf, type AppliedObject } from "./appliedObjects";
import type { Finding } from "./finding";

/** Objects as files, one for each. */
export interface Manifests {
  folder: string;
  /** By the names of their files. */
  objects: ReadonlyMap<string, AppliedObject>;
}

/** Writes objects into a folder of their own, as YAML; what was in it goes. */
export async function writeManifests(
  folder: string,
  objects: readonly AppliedObject[],
): Promise<Manifests> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const files = new Map(objects.map((object) => [fileOf(object), object]));
  for (const [file, object] of files) await writeFile(join(folder, file), stringify(object));
  return { folder, objects: files };
}

function fileOf({ kind, metadata: { name, namespace } }: AppliedObject): string {
  return `${[kind, namespace, name].filter((part) => part !== undefined).join("-")}.yaml`;
}

/** Which object a scanner means by a path of its file. */
export function nameOfFile({ objects }: Manifests, path: string): Pick<Finding, "file" | "object"> {
  const file = basename(path);
  const object = objects.get(file);
  if (object === undefined) throw new Error(`No object was written to ${path}.`);
  return { file, object: nameOf(object) };
}
