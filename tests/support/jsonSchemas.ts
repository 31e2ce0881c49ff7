import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parseAllDocuments } from "yaml";

import { schemaFile, strict, writeKinds, type Schema } from "../../sandbox/scan/schemas";

interface CustomResourceDefinition {
  kind: string;
  spec: {
    group: string;
    names: { kind: string };
    versions: { name: string; schema: { openAPIV3Schema: Schema } }[];
  };
}

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
  await writeKinds(definitions, "definitions.json#/definitions", folder);
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
        join(folder, schemaFile({ group: spec.group, version, kind })),
        JSON.stringify(whole),
      );
    }
  }
}
