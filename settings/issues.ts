import { closest, distance } from "fastest-levenshtein";
import * as z from "zod";

import { describeKeys } from "./describe";
import { meantBy } from "./meant";
import { isSecretKey, type Mender } from "./mend";
import type { ConfigProblem } from "./problem";
import { configSchema } from "./schema";

type Path = readonly PropertyKey[];

/** What a stack's config holds, as far as it can be read before it is known to be right. */
export interface RawConfig {
  /** Values by top-level key; objects are parsed. */
  values: Record<string, unknown>;
  /** Top-level keys that are, or hold something, encrypted. */
  encrypted: ReadonlySet<string>;
}

/** The schema's issues in the words of a user. */
export function problemsOf(
  issue: z.core.$ZodIssue,
  raw: RawConfig,
  mender: Mender,
): ConfigProblem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey(issue.path, key, mender));
  }
  const key = keyOf(issue.path);
  const schema = schemaAt(issue.path);
  const { allowed, example, hidden = false } = schema?.meta() ?? {};
  const isList = schema instanceof z.ZodArray;
  const value = valueAt(issue.path, raw.values);
  const given = shown(issue.path, raw);
  const isShown = !hidden && !isHidden(issue.path, raw);
  const meant = isShown && schema ? meantBy(value, schema) : undefined;
  const isDispensable = meant === undefined && isMentionedBefore(example, issue.path, raw);
  // Nothing can be put into what is no list.
  const isBlocked = isList && value !== undefined && !Array.isArray(value);
  return [
    {
      key,
      given: isShown || given === "nothing" ? given : HIDDEN,
      allowed: allowed ?? `a map of: ${knownKeys(issue.path).join(", ")}`,
      mend:
        isBlocked || isDispensable || (example === undefined && !isSecretKey(key))
          ? mender.remove(key) + (isBlocked ? `, and set ${key}[0] instead` : "")
          : mender.set(isList ? `${key}[0]` : key, meant ?? example ?? ""),
    },
  ];
}

/** Whether an example is in a list already, or what is wrong before a place in it becomes it. */
function isMentionedBefore(example: unknown, path: Path, raw: RawConfig): boolean {
  const values = valueAt(path.slice(0, -1), raw.values);
  const schema = schemaAt(path);
  if (!Array.isArray(values) || schema === undefined) return false;
  const before: unknown[] = values.slice(0, Number(path.at(-1)));
  return values.includes(example) || before.some((value) => !schema.safeParse(value).success);
}

function unknownKey(parent: Path, name: string, mender: Mender): ConfigProblem {
  const key = keyOf([...parent, name]);
  const known = knownKeys(parent);
  const meant = nearestKey(parent, name);
  return {
    key,
    given: "a key that is not known",
    allowed: meant === undefined ? `one of: ${known.join(", ")}` : `did you mean ${meant}?`,
    mend: mender.remove(key) + (meant === undefined ? "" : `, and set ${meant} instead`),
  };
}

/** The known key that is most like a name: one beside it, else one that stands somewhere else. */
function nearestKey(parent: Path, name: string): string | undefined {
  const beside = knownKeys(parent).map((known) => keyOf([...parent, known]));
  const elsewhere = describeKeys()
    .map(({ key }) => key)
    .filter((key) => !isOfOtherPlatform(key, parent));
  return [beside, elsewhere].map((keys) => nearestOf(keys, name)).find((key) => key !== undefined);
}

/** Whether a key is of home where a place is in live, or the other way round. */
function isOfOtherPlatform(key: string, [top]: Path): boolean {
  return (top === "live" && key.startsWith("home.")) || (top === "home" && key.startsWith("live."));
}

/** The key whose last part is most like a name, if it is like enough to be what was meant. */
function nearestOf(keys: string[], name: string): string | undefined {
  const lastOf = (key: string): string => key.slice(key.lastIndexOf(".") + 1);
  const nearest = closest(name, keys.map(lastOf));
  const isTypo = distance(name, nearest) <= Math.max(2, Math.floor(name.length / 3));
  return isTypo ? keys.find((key) => lastOf(key) === nearest) : undefined;
}

const HIDDEN = "a value that may be a secret, and is not shown";

/** Whether a value is, or is inside, a secret. */
function isHidden([top]: Path, { encrypted }: RawConfig): boolean {
  return top !== undefined && (encrypted.has(String(top)) || isSecretKey(String(top)));
}

/** The value at a path, as it may be printed: never a secret's, and of a map its keys only. */
export function shown(path: Path, raw: RawConfig): string {
  const value = valueAt(path, raw.values);
  if (value === undefined) return "nothing";
  if (isHidden(path, raw)) return "a secret, which is not shown";
  if (isMap(value)) return `a map of ${Object.keys(value).join(", ") || "nothing"}`;
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function valueAt(path: Path, values: unknown): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    values,
  );
}

/** `home.certManager.recursiveNameservers[0]`, as `pulumi config --path` takes it. */
export function keyOf(path: Path): string {
  return path
    .map((key, index) =>
      typeof key === "number" ? `[${String(key)}]` : `${index === 0 ? "" : "."}${String(key)}`,
    )
    .join("");
}

function knownKeys(path: Path): string[] {
  const schema = schemaAt(path);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** The schema of the value at a path, without what wraps it (optional, default). */
function schemaAt(path: Path): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((schema, key) => {
    if (schema instanceof z.ZodObject)
      return unwrap((schema.shape as Record<PropertyKey, z.ZodType>)[key]);
    return schema instanceof z.ZodArray ? unwrap(schema.element as z.ZodType) : undefined;
  }, configSchema);
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrap(schema.unwrap() as z.ZodType);
  }
  return schema;
}
