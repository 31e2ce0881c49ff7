import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { generatedFiles } from "./generated";

/** Writes every generated file anew; a test fails where one of them is not up to date. */
async function main(): Promise<void> {
  for (const [path, contents] of Object.entries(await generatedFiles())) {
    await writeFile(join(__dirname, "..", path), contents);
  }
}

void main();
