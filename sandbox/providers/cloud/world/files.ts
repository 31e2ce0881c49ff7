import { readFileSync } from "node:fs";

import { codeOf } from "../../../../host/errors";

/** @returns undefined where there is no such file. */
export function readFileIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
