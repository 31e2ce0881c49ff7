import * as z from "zod";

import { SECRET_KEYS, configSchema } from "./schema";

/** A JSON schema, as far as the ones made here go. */
interface JsonSchema {
  type?: string | string[];
  description?: string;
  default?: unknown;
  allowed?: string;
  example?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  [keyword: string]: unknown;
}

/** One key that takes a value, for people to read. */
export interface KeyDescription {
  /** Dotted path below `k8s-test:`. */
  key: string;
  /** Type, as JSON names it. */
  type: string;
  description: string;
  /** What may be given, in words. */
  allowed: string;
  /** Default, as JSON; undefined where there is none. */
  default?: string;
  /** Whether the key must be given, at least when its section is. */
  required: boolean;
  secret: boolean;
}

function schemaOfConfig(): JsonSchema {
  return z.toJSONSchema(configSchema, { io: "input" }) as JsonSchema;
}

/** Every key of the config, in the order of the schema. */
export function describeKeys(): KeyDescription[] {
  return keysOf(schemaOfConfig(), []);
}

function keysOf(
  { properties = {}, required = [] }: JsonSchema,
  parents: string[],
): KeyDescription[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = [...parents, name];
    if (schema.properties !== undefined) return keysOf(schema, path);
    const key = path.join(".");
    return [
      {
        key,
        type: typeOf(schema),
        description: schema.description ?? "",
        allowed: schema.allowed ?? "",
        ...(schema.default !== undefined && { default: JSON.stringify(schema.default) }),
        required: required.includes(name),
        secret: isSecret(key),
      },
    ];
  });
}

/** The type that a value has in the end: text that may come as a number is text. */
function typeOf({ type }: JsonSchema): string {
  return (Array.isArray(type) ? type[0] : type) ?? "string";
}

function isSecret(key: string): boolean {
  return (SECRET_KEYS as readonly string[]).includes(key);
}

/** An entry of `config` in Pulumi.yaml. */
export interface ProjectKey {
  type: string;
  description: string;
  default: unknown;
}

/**
 * The project's config schema, for Pulumi.yaml. The engine knows the type of a top-level key only,
 * so the keys inside a map are told in its description; and a key without a default would have to
 * be set in every stack, so what is not given is an empty map or an empty text.
 */
export function projectConfig(): Record<string, ProjectKey> {
  const keys = describeKeys();
  const entries = Object.entries(schemaOfConfig().properties ?? {}).map(([name, schema]) => {
    const inside = keys.filter(({ key }) => key.startsWith(`${name}.`));
    const lines = [schema.description ?? "", ...inside.map((key) => describeInside(name, key))];
    const unset = schema.type === "object" ? {} : "";
    const entry = {
      type: typeOf(schema),
      description: lines.join("\n"),
      default: schema.type === "object" ? unset : (schema.default ?? unset),
    };
    return [name, entry] as const;
  });
  return Object.fromEntries(entries);
}

function describeInside(section: string, key: KeyDescription): string {
  const { type, default: value, required, description } = key;
  const need = value === undefined ? (required ? "required" : "optional") : `default ${value}`;
  return `- ${key.key.slice(section.length + 1)} (${type}, ${need}): ${description}`;
}

/** JSON schema of a whole stack file, for editors: `config.schema.json`. */
export function stackFileSchema(project: string): JsonSchema {
  const { $schema, properties = {} } = z.toJSONSchema(configSchema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      // Words for people: not a keyword of JSON Schema.
      delete jsonSchema["allowed"];
      delete jsonSchema["example"];
      delete jsonSchema["hidden"];
      // Text that may come as a number: where it comes as text, it must follow its pattern.
      if (zodSchema instanceof z.ZodPipe && zodSchema.out instanceof z.ZodString) {
        const { pattern } = z.toJSONSchema(zodSchema.out);
        if (pattern !== undefined) jsonSchema.pattern = pattern;
      }
    },
  }) as JsonSchema;
  const names = Object.keys(properties);
  const encrypted: JsonSchema = {
    type: "object",
    properties: { secure: { type: "string" } },
    required: ["secure"],
    additionalProperties: false,
  };
  return {
    $schema,
    title: `Stack file of ${project}`,
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, { description, ...schema }]) => [
            `${project}:${name}`,
            isSecret(name) ? { description, ...encrypted } : { description, ...schema },
          ]),
        ),
        patternProperties: { [`^${project}:(?!(?:${names.join("|")})$)`]: false },
      },
    },
  };
}
