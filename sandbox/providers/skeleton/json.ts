/** A value as it crosses the wire. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Where in a value: keys of objects and indices of lists. */
export type Path = readonly (string | number)[];

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path, or undefined where there is none. */
export function at(value: Json | undefined, ...path: Path): Json | undefined {
  return path.reduce<Json | undefined>((here, key) => {
    if (Array.isArray(here)) return typeof key === "number" ? here[key] : undefined;
    return isObject(here) ? here[String(key)] : undefined;
  }, value);
}

/** The text at a path; undefined where there is none, or something else. */
export function textAt(value: Json | undefined, ...path: Path): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** The number at a path; undefined where there is none, or something else. */
export function numberAt(value: Json | undefined, ...path: Path): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** The objects of the list at a path; none where there is no such list. */
export function objectsAt(value: Json | undefined, ...path: Path): JsonObject[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** A copy in which the value at a path is another; objects on the way are made where missing. */
export function withValue(value: JsonObject, path: readonly string[], to: Json): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = value[key];
  return {
    ...value,
    [key]: rest.length === 0 ? to : withValue(isObject(inner) ? inner : {}, rest, to),
  };
}

/** A copy in which another object's values take the place of those that were there. */
export function merged(value: JsonObject, over: JsonObject): JsonObject {
  const entries = Object.entries(over).map(([key, top]) => {
    const base = value[key];
    return [key, isObject(base) && isObject(top) ? merged(base, top) : top] as const;
  });
  return { ...value, ...Object.fromEntries(entries) };
}

/** A copy without some keys. */
export function without(value: JsonObject, ...keys: string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Whether two values are the same. The order of an object's keys does not count. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
  }
  return a === b;
}

/** `spec.ports[0].name`, and `metadata.annotations["a.b/c"]` where a key is no plain word. */
export function formatPath(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === "number") return `[${String(key)}]`;
      if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}
