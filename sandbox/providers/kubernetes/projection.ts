import { isObject, same, textAt, type Json, type JsonObject } from "../skeleton/json";
import { declaration } from "./objects";

/**
 * What the program would have to say for the object to be as it is: the inputs, with the values of
 * the live object where somebody changed them.
 *
 * The server spells some values in its own way (`0.05` cores become `50m`), so inputs and object
 * cannot be compared as they are. But applying the inputs once more, as a dry-run, gives their
 * spelling: where the object has the same, the program's spelling stands.
 *
 * @param inputs - What was applied.
 * @param live - What is there.
 * @param applied - What would be there if the inputs were applied once more.
 */
export function project(inputs: JsonObject, live: JsonObject, applied: JsonObject): JsonObject {
  const from = { live: comparable(live, inputs), applied: comparable(applied, inputs) };
  const result = projectValue(inputs, from.live, from.applied);
  return isObject(result) ? result : inputs;
}

/** Whether two answers of the server show the same object. */
export function isSameObject(a: JsonObject, b: JsonObject): boolean {
  return same(declaration(a), declaration(b));
}

function projectValue(
  input: Json,
  live: Json | undefined,
  applied: Json | undefined,
): Json | undefined {
  if (same(live, applied)) return input;
  if (live === undefined) return undefined;
  if (isObject(input) && isObject(live)) {
    const of = isObject(applied) ? applied : {};
    return Object.fromEntries(
      Object.entries(input).flatMap(([key, value]) => {
        const projected = projectValue(value, live[key], of[key]);
        return projected === undefined ? [] : [[key, projected]];
      }),
    );
  }
  if (Array.isArray(input) && Array.isArray(live) && Array.isArray(applied)) {
    return projectList(input, live, applied);
  }
  return live;
}

/** Items with names are matched by them, others by their place. */
function projectList(input: Json[], live: Json[], applied: Json[]): Json[] {
  const names = input.map((item) => textAt(item, "name"));
  const areNamed = !names.includes(undefined) && new Set(names).size === names.length;
  if (!areNamed) {
    if (input.length !== live.length || live.length !== applied.length) return live;
    return input.flatMap((item, index) => projectValue(item, live[index], applied[index]) ?? []);
  }
  const byName = (list: Json[], name: string | undefined): Json | undefined =>
    list.find((item) => textAt(item, "name") === name);
  const kept = input.flatMap((item) => {
    const name = textAt(item, "name");
    const projected = projectValue(item, byName(live, name), byName(applied, name));
    return projected === undefined ? [] : [projected];
  });
  return kept;
}

/** A Secret comes back with its texts in base64 only; they are put where the program has them. */
function comparable(object: JsonObject, inputs: JsonObject): JsonObject {
  const texts = inputs["stringData"];
  const data = object["data"];
  if (!isObject(texts) || !isObject(data)) return object;
  const decoded = Object.keys(texts).flatMap((key) => {
    const value = data[key];
    return typeof value === "string"
      ? [[key, Buffer.from(value, "base64").toString("utf8")] as const]
      : [];
  });
  return { ...object, stringData: Object.fromEntries(decoded) };
}
