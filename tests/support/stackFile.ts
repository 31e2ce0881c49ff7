import { readFile } from "node:fs/promises";
import { basename } from "node:path";

import { parse } from "yaml";

import type { ProgramOptions } from "./program";

/** A program's options, as the engine makes them of a stack file. */
export type StackFile = Required<Pick<ProgramOptions, "stack" | "config" | "secrets">>;

/**
 * Reads a `Pulumi.STACK.yaml`. Where a real one has ciphertext under `secure`, those of the tests
 * have the text itself.
 */
export async function readStackFile(path: string): Promise<StackFile> {
  const { config } = parse(await readFile(path, "utf8")) as { config: Record<string, unknown> };
  const entries = Object.entries(config);
  return {
    stack: /^Pulumi\.(.+)\.yaml$/.exec(basename(path))?.[1] ?? "",
    config: Object.fromEntries(entries.map(([key, value]) => [key, decrypted(value)])),
    secrets: entries.filter(([, value]) => holdsSecure(value)).map(([key]) => key),
  };
}

function decrypted(value: unknown): unknown {
  if (isSecure(value)) return value.secure;
  if (Array.isArray(value)) return value.map(decrypted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decrypted(inner)]));
}

/** The engine says of a top-level key only whether there is something encrypted in it. */
function holdsSecure(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isSecure(value) || Object.values(value).some(holdsSecure);
}

function isSecure(value: unknown): value is { secure: string } {
  return typeof value === "object" && value !== null && "secure" in value;
}
