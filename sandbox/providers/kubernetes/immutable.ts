import { textAt, type JsonObject } from "../skeleton/json";
import type { Change } from "../skeleton/resourceProvider";
import { ApiError } from "./apiError";
import type { Cluster } from "./cluster";
import { touching } from "../skeleton/difference";
import type { ObjectKey } from "./objects";
import type { Settings } from "./settings";

/** A name for objects that are never made: only asked about. */
export function scratchName(name: string): string {
  return `${name.slice(0, 40)}-pulumi-dry-run`;
}

/** Fields that are part of what an object is: in another place it is another object. */
const IDENTITY = ["apiVersion", "kind", "metadata.name", "metadata.namespace"];

/** Changed paths that make another object of it. */
export function identityChanges(changes: ReadonlyMap<string, Change>): string[] {
  return IDENTITY.filter((path) => changes.has(path));
}

/**
 * Changed paths that are left alone by default, though the server would take them: pods read a
 * ConfigMap or a Secret when they start, so a new one is made and its users with it.
 */
export function contentChanges(
  object: JsonObject,
  changes: ReadonlyMap<string, Change>,
  settings: Settings,
): string[] {
  const kind = `${textAt(object, "apiVersion") ?? ""} ${textAt(object, "kind") ?? ""}`;
  const fields =
    kind === "v1 ConfigMap" && !settings.enableConfigMapMutable
      ? ["data", "binaryData"]
      : kind === "v1 Secret" && !settings.enableSecretMutable
        ? ["data", "stringData", "type"]
        : [];
  return fields.flatMap((field) => touching(changes, field));
}

/**
 * Changed paths that the server takes in a new object only: it refuses the change as invalid, but
 * not the same object under another name.
 *
 * @param error - What the server said to the change, as a dry-run.
 * @returns none where the error is about something else.
 */
export async function immutableChanges(
  error: unknown,
  cluster: Cluster,
  key: ObjectKey,
  object: JsonObject,
  changes: ReadonlyMap<string, Change>,
): Promise<string[]> {
  if (!(error instanceof ApiError) || error.code !== 422) return [];
  // With a definition go all objects of its kind: that is nobody's wish.
  if (key.kind.kind === "CustomResourceDefinition") return [];
  try {
    const scratch = { ...key, name: scratchName(key.name) };
    await cluster.objects.apply(scratch, object, { fieldManager: "dry-run", dryRun: true });
  } catch {
    return [];
  }
  const named = error.causes.flatMap(({ field }) => (field === "" ? [] : touching(changes, field)));
  return named.length > 0 ? [...new Set(named)] : [...changes.keys()];
}
