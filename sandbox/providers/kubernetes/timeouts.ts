import { textAt, type JsonObject } from "../skeleton/json";

/** Seconds that an object is waited for at most: the official provider's ten minutes. */
const DEFAULT_SECONDS = 600;

/**
 * How long an object is waited for, in seconds: what the resource's `customTimeouts` say, else its
 * annotation `pulumi.com/timeoutSeconds`, else ten minutes.
 */
export function timeoutOf(object: JsonObject, custom: number | undefined): number {
  const text = textAt(object, "metadata", "annotations", "pulumi.com/timeoutSeconds");
  const annotated = Number(text);
  return custom ?? (text !== undefined && annotated > 0 ? annotated : DEFAULT_SECONDS);
}
