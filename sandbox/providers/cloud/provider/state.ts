import { isObject, merged, type Json, type JsonObject, type Path } from "../../skeleton/json";
import { UNKNOWN, type Properties } from "../../skeleton/properties";
import type { CloudType, Subject } from "../cloudType";
import { hex } from "../identifiers";
import type { TypeShape } from "../shapes";
import type { Settings } from "./settings";

/** What inputs have that the official provider's do, too: which of them were made up. */
export const DEFAULTS = "__defaults";

/** The state of a resource: its inputs, and what the cloud adds. */
export function stateOf(
  type: CloudType,
  shape: TypeShape,
  settings: Settings,
  subject: Subject,
  id: string,
): JsonObject {
  const inputs = withoutDefaults(subject.inputs);
  const outputs = whole({ ...type.outputs(subject, id), ...common(shape, settings, subject) });
  return merged(isObject(outputs) ? outputs : {}, inputs);
}

/** What the state of a new resource will be, as far as it can be known. */
export function foreseen(
  type: CloudType,
  shape: TypeShape,
  settings: Settings,
  subject: Subject,
): JsonObject {
  const inputs = withoutDefaults(subject.inputs);
  const known = common(shape, settings, subject);
  return { ...unknownBeside(type.outputs(subject, UNKNOWN), inputs), ...known };
}

/** What a change of a resource will leave unknown until it is made. */
export function withVolatile(type: CloudType, state: JsonObject): JsonObject {
  return { ...state, ...Object.fromEntries((type.volatile ?? []).map((key) => [key, UNKNOWN])) };
}

/** Where secrets are: those of the inputs, and what is secret by its type. */
export function secretsOf(shape: TypeShape, { secrets }: Properties): Path[] {
  return [...secrets, ...shape.secrets.map((key) => [key])];
}

/** A copy with hashes in place of what has secrets in it, for a file that anybody can read. */
export function hashed(values: JsonObject, secrets: readonly Path[]): JsonObject {
  const secret = new Set(secrets.map(([key]) => key));
  const entries = Object.entries(values).map(
    ([key, value]) =>
      [key, secret.has(key) ? `sha256:${hex(JSON.stringify(value), 64)}` : value] as const,
  );
  return Object.fromEntries(entries);
}

export function withoutDefaults(inputs: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== DEFAULTS));
}

/** What all resources have that have it at all. */
export function common(
  shape: TypeShape,
  settings: Settings,
  { place, inputs }: Subject,
): JsonObject {
  const { tags = {} } = inputs;
  return {
    ...(shape.optional.includes("region") && { region: place.region }),
    ...(shape.outputs.includes("tagsAll") && {
      tagsAll: isObject(tags) ? { ...settings.defaultTags, ...tags } : UNKNOWN,
    }),
  };
}

/** Each output that is no input is unknown, at any depth. */
function unknownBeside(outputs: JsonObject, inputs: JsonObject): JsonObject {
  const entries = Object.entries(outputs).map(([key, output]) => {
    const input = inputs[key];
    if (input === undefined) return [key, UNKNOWN] as const;
    const isDeep = isObject(input) && isObject(output);
    return [key, isDeep ? unknownBeside(output, input) : input] as const;
  });
  return { ...inputs, ...Object.fromEntries(entries) };
}

/** A text of which a part is unknown is unknown. */
function whole(value: Json): Json {
  if (typeof value === "string") return value.includes(UNKNOWN) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(whole);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, whole(inner)]));
}
