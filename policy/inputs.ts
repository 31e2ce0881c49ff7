/** Stands for a value that is known only once what it depends on has been made. */
export const UNKNOWN = Symbol("unknown");

/** An input of a resource, as a policy sees it: the text of a secret is in it like any other. */
export type Value = string | number | boolean | null | readonly Value[] | Values | typeof UNKNOWN;

export interface Values {
  readonly [key: string]: Value;
}

export function isValues(value: Value | undefined): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The value at a dotted path; a number picks from a list.
 *
 * @returns undefined where there is none, and `UNKNOWN` where that cannot be told yet.
 */
export function at(value: Value | undefined, path: string): Value | undefined {
  return path.split(".").reduce<Value | undefined>((inner, key) => {
    if (inner === UNKNOWN) return UNKNOWN;
    if (Array.isArray(inner)) return (inner as readonly Value[])[Number(key)];
    return isValues(inner) ? inner[key] : undefined;
  }, value);
}

/** The known members of the list at a path; none where there is no list, or not yet. */
export function listAt(value: Value | undefined, path: string): readonly Value[] {
  const list = at(value, path);
  return Array.isArray(list) ? (list as readonly Value[]).filter((it) => it !== UNKNOWN) : [];
}

/** The text at a path; undefined where there is none, or not yet. */
export function textAt(value: Value | undefined, path: string): string | undefined {
  const text = at(value, path);
  return typeof text === "string" ? text : undefined;
}

/** The map at a path; an empty one where there is none, or not yet. */
export function mapAt(value: Value | undefined, path: string): Values {
  const map = at(value, path);
  return isValues(map) ? map : {};
}

/**
 * Whether an input is as wanted. What is not known yet is taken to be: the update, which knows it,
 * asks again before it makes anything. Providers of Terraform's kind take `"true"` for `true`.
 */
export function is(
  value: Value | undefined,
  ...wanted: readonly (string | number | boolean)[]
): boolean {
  return (
    value === UNKNOWN || (isScalar(value) && wanted.some((one) => String(one) === String(value)))
  );
}

function isScalar(value: Value | undefined): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** An input in the words of a message. */
export function given(path: string, value: Value | undefined): string {
  return value === undefined ? `${path} is not set` : `${path} is ${JSON.stringify(value)}`;
}

/** A JSON document inside an input; undefined where there is none, or not yet. */
export function parsed(value: Value | undefined): Value | undefined {
  if (typeof value !== "string") return value === UNKNOWN ? undefined : value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return undefined;
  }
}
