import { isInstalled } from "../../host/tools";
import { UserError } from "../../host/userError";
import { linter } from "./linters";

/**
 * Path of ShellCheck: of the pinned version, which Python installs the first time and keeps; else of
 * the one on the PATH. Undefined where neither is to be had.
 */
export async function shellcheck(): Promise<string | undefined> {
  try {
    return await linter("shellcheck");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return (await isInstalled("shellcheck")) ? "shellcheck" : undefined;
  }
}
