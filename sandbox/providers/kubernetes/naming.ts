import { createHash } from "node:crypto";

import { at, textAt, withValue, type JsonObject } from "../skeleton/json";
import { UNKNOWN } from "../skeleton/properties";
import type { CheckFailure, CheckRequest } from "../skeleton/resourceProvider";

/** Marks a name that was made up here, as the official provider does. */
const AUTONAMED = "pulumi.com/autonamed";
const SUFFIX_LENGTH = 8;

/** Whether the object's name was made up for it. */
export function isAutonamed(object: JsonObject): boolean {
  return textAt(object, "metadata", "annotations", AUTONAMED) === "true";
}

/** What a name is made up from. */
export type NameRequest = Pick<CheckRequest, "name" | "randomSeed" | "autonaming">;

/** Said where there is no name, and none may be made up. */
export const NAME_NEEDED =
  "is not set, and the stack's config (pulumi:autonaming) forbids to make up a name";

/**
 * A name that is new each time: the resource's name in the program and 8 hexadecimal digits.
 *
 * @returns undefined where the stack's config forbids to make one up.
 */
export function madeUpName({ name, randomSeed, autonaming }: NameRequest): string | undefined {
  if (autonaming?.mode === "disable") return undefined;
  const hash = createHash("sha256").update(randomSeed).update(name).digest("hex");
  return autonaming?.proposedName ?? `${name}-${hash.slice(0, SUFFIX_LENGTH)}`;
}

/**
 * Gives an object without a name the name it had before, or a new one. An object with a
 * `generateName` is named when it is made.
 */
export function withName(
  object: JsonObject,
  olds: JsonObject,
  request: NameRequest,
): { object: JsonObject; failure?: CheckFailure } {
  const metadata = object["metadata"];
  const isNamed =
    metadata === UNKNOWN ||
    at(metadata, "name") !== undefined ||
    at(metadata, "generateName") !== undefined;
  if (isNamed) return { object };
  const before = isAutonamed(olds) ? textAt(olds, "metadata", "name") : undefined;
  const name = before ?? madeUpName(request);
  return name === undefined
    ? { object, failure: { property: "metadata.name", reason: NAME_NEEDED } }
    : { object: autonamed(object, name) };
}

/** A name for a `generateName`: with five letters and digits, as the API server makes it. */
export function generatedName(prefix: string): string {
  const alphabet = "bcdfghjklmnpqrstvwxz2456789";
  const letters = Array.from(
    crypto.getRandomValues(new Uint8Array(5)),
    (byte) => alphabet[byte % alphabet.length] ?? "x",
  );
  return prefix + letters.join("");
}

/** Who applies a resource's fields: the same from its first update to its last. */
export function fieldManagerOf(urn: string): string {
  return `pulumi-kubernetes-${createHash("sha256").update(urn).digest("hex").slice(0, SUFFIX_LENGTH)}`;
}

function autonamed(object: JsonObject, name: string): JsonObject {
  return withValue(
    withValue(object, ["metadata", "name"], name),
    ["metadata", "annotations", AUTONAMED],
    "true",
  );
}
