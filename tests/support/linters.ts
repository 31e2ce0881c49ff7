import { join } from "node:path";

import { cacheFolder } from "../../host/cacheFolder";
import { pythonEnvironment } from "../../host/pythonEnvironment";

/** Pinned with the hash of each file; made anew by the command in its head. */
const LOCK = join(__dirname, "..", "tools", "lint", "requirements.txt");

/**
 * Path of a linter that PyPI has: installed the first time, and kept.
 *
 * @throws UserError where there is no Python to install it with.
 */
export async function linter(name: "shellcheck" | "zizmor"): Promise<string> {
  const cache = join(cacheFolder(), "lint");
  const options = { install: false, say: console.log, log: join(cache, "linters.log") };
  const packages = ["--only-binary=:all:", "--require-hashes", "--requirement", LOCK];
  return join(await pythonEnvironment(cache, packages, options), name);
}
