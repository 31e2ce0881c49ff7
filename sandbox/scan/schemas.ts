import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A JSON schema, as an API server publishes it. */
export type Schema = Record<string, unknown> & {
  properties?: Record<string, Schema>;
  "x-kubernetes-group-version-kind"?: GroupVersionKind[];
};

/** What names a kind. */
export interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

/** Where kubeconform looks for the schema of a kind: an argument of its `-schema-location`. */
export const SCHEMA_TEMPLATE = "{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json";

/** Gives what an API server says at a path. */
export type Ask = (path: string) => Promise<string>;

interface OpenApi {
  components: { schemas: Record<string, Schema> };
}

/**
 * Writes a JSON schema for each kind that a server has in some groups, from what the server itself
 * publishes: so those of custom resources are the ones that are installed, in their very version.
 *
 * @param apiVersions - Such as `v1` and `apps/v1`.
 */
export async function writeServedSchemas(
  ask: Ask,
  apiVersions: readonly string[],
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const apiVersion of new Set(apiVersions)) {
    const root = apiVersion.includes("/") ? "apis" : "api";
    const { components } = JSON.parse(await ask(`/openapi/v3/${root}/${apiVersion}`)) as OpenApi;
    const file = `${apiVersion.replace("/", "_")}.json`;
    await writeFile(join(folder, file), JSON.stringify({ components: strict(components) }));
    await writeKinds(components.schemas, `${file}#/components/schemas`, folder);
  }
}

/** Writes, for each kind among some schemas, a file under the name by which kubeconform looks for it. */
export async function writeKinds(
  schemas: Record<string, Schema>,
  place: string,
  folder: string,
): Promise<void> {
  for (const [name, schema] of Object.entries(schemas)) {
    const [only, ...others] = schema["x-kubernetes-group-version-kind"] ?? [];
    // More than one: kinds such as DeleteOptions, which are no objects.
    if (only === undefined || others.length > 0) continue;
    const reference = { $ref: `${place}/${name}` };
    await writeFile(join(folder, schemaFile(only)), JSON.stringify(reference));
  }
}

/** Name of the file with the schema of a kind. */
export function schemaFile(of: GroupVersionKind): string {
  // kubeconform takes the core group's version for its group.
  const group = of.group === "" ? of.version : of.group;
  return `${group}_${of.version}_${of.kind.toLowerCase()}.json`;
}

/**
 * A schema that refuses fields it does not know, as a strict API server does, and takes a number or
 * a text where the API says so in a way of its own.
 */
export function strict(schema: unknown): unknown {
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
