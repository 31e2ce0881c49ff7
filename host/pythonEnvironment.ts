import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { run } from "./run";
import { ensureTools, type Tool } from "./tools";

/** Debian has Python's own module for virtual environments in a package of its own. */
const PYTHON: Tool = {
  program: "python3",
  check: ["-c", "import ensurepip, venv"],
  package: "python3-venv",
};

/**
 * Gives a virtual environment of this machine's Python with some packages in it: made once, and
 * kept in a folder named after what pip was told to install.
 *
 * @param cache Folder to keep it in.
 * @param packages Arguments of `pip install`. A file among them counts by what is in it.
 * @returns Folder of its programs.
 */
export async function pythonEnvironment(
  cache: string,
  packages: readonly string[],
  options: { install: boolean; say: (line: string) => void; log: string },
): Promise<string> {
  const { log } = options;
  await ensureTools([PYTHON], options);
  const told = packages.map((each) => (existsSync(each) ? readFileSync(each, "utf8") : each));
  const name = createHash("sha256").update(told.join("\0")).digest("hex").slice(0, 16);
  const folder = join(cache, `python-${name}`);
  const complete = join(folder, "complete");
  if (!existsSync(complete)) {
    await rm(folder, { recursive: true, force: true });
    await run("python3", ["-m", "venv", folder], { log });
    const pip = ["-m", "pip", "install", ...packages];
    await run(join(folder, "bin", "python"), pip, { log });
    await writeFile(complete, "");
  }
  return join(folder, "bin");
}
