import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

import { isObject, type Json, type JsonObject, type Path } from "./json";

/** Stands for a value that is known only once the update has run. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What the engine writes for unknown values of other types than text (`plugin/rpc.go` of its SDK). */
const UNKNOWN_OF_TYPE: ReadonlySet<Json> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** The engine's mark of a special value, and of a secret among them. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Properties of a resource: plain values, and where among them the secrets are. */
export interface Properties {
  values: JsonObject;
  secrets: Path[];
}

/** Reads properties off the wire. A null says as much as an absent key, and is left out. */
export function decode(struct: Struct | undefined): Properties {
  const secrets: Path[] = [];
  const plain = (value: Json, path: Path): Json => {
    if (typeof value === "string") return UNKNOWN_OF_TYPE.has(value) ? UNKNOWN : value;
    if (Array.isArray(value)) return value.map((item, index) => plain(item, [...path, index]));
    if (!isObject(value)) return value;
    if (value[SIGNATURE] === SECRET) {
      secrets.push(path);
      return plain(value["value"] ?? null, path);
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, item]) => [key, plain(item, [...path, key])] as const)
        .filter(([, item]) => item !== null),
    );
  };
  const values = plain(struct?.toJavaScript() ?? {}, []);
  return { values: isObject(values) ? values : {}, secrets };
}

/** Writes properties for the wire, each secret under its mark. */
export function encode({ values, secrets }: Properties): Struct {
  const marked = new Set(secrets.map((path) => JSON.stringify(path)));
  const wire = (value: Json, path: Path): Json => {
    if (marked.has(JSON.stringify(path))) {
      // What is inside a secret is not marked again.
      return { [SIGNATURE]: SECRET, value };
    }
    if (Array.isArray(value)) return value.map((item, index) => wire(item, [...path, index]));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, wire(item, [...path, key])]),
    );
  };
  const encoded = wire(values, []);
  return Struct.fromJavaScript(encoded as Record<string, JavaScriptValue>);
}

/** Whether a value is unknown, or has something unknown in it. */
export function hasUnknown(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (isObject(value)) return Object.values(value).some(hasUnknown);
  return value === UNKNOWN;
}

/** Texts that are secret: to be kept out of whatever is printed. */
export function secretTexts({ values, secrets }: Properties): string[] {
  const texts = (value: Json | undefined): string[] => {
    if (typeof value === "string") return [value];
    if (Array.isArray(value)) return value.flatMap(texts);
    return isObject(value) ? Object.values(value).flatMap(texts) : [];
  };
  const find = (path: Path): Json | undefined =>
    path.reduce<Json | undefined>((here, key) => {
      if (Array.isArray(here)) return here[Number(key)];
      return isObject(here) ? here[String(key)] : undefined;
    }, values);
  return secrets.flatMap((path) => texts(find(path))).filter((text) => text !== UNKNOWN);
}
