import { readFile } from "node:fs/promises";

import * as z from "zod";

import { codeOf, messageOf } from "../../host/errors";
import { UserError } from "../../host/userError";
import type { LoadRecord } from "../record";
import { recordSchema } from "./recordSchema";

/** Problems that are named; a file that is something else altogether would have thousands. */
const MOST_NAMED = 10;
const VERSION = 1;

/**
 * Reads a record from its JSON file.
 *
 * @throws UserError where there is no such file, or it holds no record that this program reads; with
 * all that is wrong in it.
 */
export async function readRecord(file: string): Promise<LoadRecord> {
  const value = parse(file, await textOf(file));
  const version = z.looseObject({ version: z.unknown() }).safeParse(value).data?.version;
  if (typeof version === "number" && version !== VERSION) {
    throw new UserError(
      `${file} is a record of version ${String(version)}, and only version ${String(VERSION)} is known here: ` +
        "draw it with the program that wrote it, or run the load test again.",
    );
  }
  const result = recordSchema.safeParse(value, {
    error: ({ input }) => (input === undefined ? "missing" : undefined),
  });
  if (result.success) return result.data;
  throw new UserError(
    [`${file} is no record of a load test:`, ...problemsOf(result.error)].join("\n  "),
  );
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const why = codeOf(error) === "ENOENT" ? "there is no such file" : messageOf(error);
    throw new UserError(
      `${file} cannot be read (${why}): name the record.json that a load test wrote.`,
    );
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(
      `${file} is no JSON (${messageOf(error)}): name the record.json that a load test wrote.`,
    );
  }
}

function problemsOf({ issues }: z.ZodError): string[] {
  const named = issues.slice(0, MOST_NAMED).map(({ path, message }) => {
    const key = z.core.toDotPath(path);
    return `${key === "" ? "the file" : key}: ${message}`;
  });
  const rest = issues.length - named.length;
  return rest === 0 ? named : [...named, `and ${String(rest)} more`];
}
