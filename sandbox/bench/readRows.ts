import { readFile } from "node:fs/promises";

import * as z from "zod";

import { UserError } from "../../host/userError";
import { benchFile, type BenchFile } from "./row";

/** Rows that an earlier run has kept. Throws a UserError where the file has none. */
export async function readRows(path: string): Promise<BenchFile> {
  try {
    return benchFile.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new UserError(
      `--against ${path}: it is no file of rows that an earlier run has kept (--out): ${why}`,
    );
  }
}
