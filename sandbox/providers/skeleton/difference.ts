import { formatPath, isObject, same, type Json, type JsonObject, type Path } from "./json";
import type { Change } from "./resourceProvider";

/** Changes from one set of inputs to another, by path; as deep as both sides have the same shape. */
export function difference(from: JsonObject, to: JsonObject): Map<string, Change> {
  const changes = new Map<string, Change>();
  const compare = (before: Json | undefined, after: Json | undefined, path: Path): void => {
    if (same(before, after)) return;
    if (before === undefined) changes.set(formatPath(path), "add");
    else if (after === undefined) changes.set(formatPath(path), "delete");
    else if (isObject(before) && isObject(after)) {
      for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
        compare(before[key], after[key], [...path, key]);
      }
    } else if (Array.isArray(before) && Array.isArray(after)) {
      for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
        compare(before[index], after[index], [...path, index]);
      }
    } else changes.set(formatPath(path), "update");
  };
  compare(from, to, []);
  return changes;
}

/** Changed paths at or under a field, or above it. */
export function touching(changes: ReadonlyMap<string, Change>, field: string): string[] {
  const isWithin = (path: string, other: string): boolean =>
    path === other || (path.startsWith(other) && /^[.[]/.test(path.slice(other.length)));
  return [...changes.keys()].filter((path) => isWithin(path, field) || isWithin(field, path));
}
