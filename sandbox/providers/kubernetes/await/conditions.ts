import { numberAt, objectsAt, textAt, type JsonObject } from "../../skeleton/json";

/** The condition of a type in an object's status. */
export function condition(object: JsonObject, type: string): JsonObject | undefined {
  return objectsAt(object, "status", "conditions").find((each) => textAt(each, "type") === type);
}

export function isTrue(object: JsonObject, type: string): boolean {
  return textAt(condition(object, type), "status") === "True";
}

/** `REASON: MESSAGE` of a condition, as far as it has them. */
export function explain(found: JsonObject | undefined): string {
  return [textAt(found, "reason"), textAt(found, "message")]
    .filter((text) => text !== undefined && text !== "")
    .join(": ");
}

/** Whether the status is about the object as it is now; some kinds do not say, and are believed. */
export function isObserved(object: JsonObject): boolean {
  const observed = numberAt(object, "status", "observedGeneration");
  return observed === undefined || observed >= (numberAt(object, "metadata", "generation") ?? 0);
}
