import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parseAllDocuments } from "yaml";

/** A schema, as the API server publishes it. */
type Schema = Record<string, unknown> & {
  properties?: Record<string, Schema>;
  "x-kubernetes-group-version-kind"?: { group: string; version: string; kind: string }[];
};

interface CustomResourceDefinition {
  kind: string;
  spec: {
    group: string;
    names: { kind: string };
    versions: { name: string; schema: { openAPIV3Schema: Schema } }[];
  };
}

/** Where kubeconform looks for the schema of a kind: an argument of its `-schema-location`. */
export const SCHEMA_TEMPLATE = "{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json";

const ANY_OBJECT: Schema = { type: "object" };

/** Writes a JSON schema for each kind that Kubernetes itself has, from the API it publishes. */
export async function writeBuiltInSchemas(kubernetes: string, folder: string): Promise<void> {
  const path = join(kubernetes, "api", "openapi-spec", "swagger.json");
  const { definitions } = JSON.parse(await readFile(path, "utf8")) as {
    definitions: Record<string, Schema>;
  };
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, "definitions.json"),
    JSON.stringify({ definitions: strict(definitions) }),
  );
  for (const [name, schema] of Object.entries(definitions)) {
    const [only, ...others] = schema["x-kubernetes-group-version-kind"] ?? [];
    // More than one: kinds such as DeleteOptions, which are no objects.
    if (only === undefined || others.length > 0) continue;
    const reference = { $ref: `definitions.json#/definitions/${name}` };
    await writeFile(join(folder, fileOf(only)), JSON.stringify(reference));
  }
}

/** Writes a JSON schema for each kind that the CustomResourceDefinitions in a file define. */
export async function writeCustomSchemas(file: string, folder: string): Promise<void> {
  const documents = parseAllDocuments(await readFile(file, "utf8"));
  for (const { spec } of documents.map((document) => document.toJS() as CustomResourceDefinition)) {
    for (const { name: version, schema } of spec.versions) {
      const { kind } = spec.names;
      const whole = strict(schema.openAPIV3Schema) as Schema;
      whole.properties = { ...whole.properties, metadata: ANY_OBJECT };
      await writeFile(
        join(folder, fileOf({ group: spec.group, version, kind })),
        JSON.stringify(whole),
      );
    }
  }
}

function fileOf(of: { group: string; version: string; kind: string }): string {
  // kubeconform takes the core group's version for its group.
  const group = of.group === "" ? of.version : of.group;
  return `${group}_${of.version}_${of.kind.toLowerCase()}.json`;
}

/**
 * A schema that refuses fields it does not know, as a strict API server does, and takes a number or
 * a text where the API says so in a way of its own.
 */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== "object" || schema === null) return schema;
  const fields = schema as Schema;
  if (fields["format"] === "int-or-string" || fields["x-kubernetes-int-or-string"] === true) {
    return { type: ["integer", "string"] };
  }
  const closes =
    typeof fields.properties === "object" &&
    typeof fields["type"] === "string" &&
    fields["x-kubernetes-preserve-unknown-fields"] !== true;
  return {
    ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, strict(value)])),
    ...(closes && { additionalProperties: false }),
  };
}
