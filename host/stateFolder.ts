import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Folder for what belongs to running clusters: keys, data, logs, and the list of what to take down.
 * `k8s-test` in `$XDG_STATE_HOME`, or in `~/.local/state` where that is not set.
 */
export function stateFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  const base = env["XDG_STATE_HOME"];
  // The XDG specification has a relative path ignored.
  return join(
    base !== undefined && isAbsolute(base) ? base : join(home, ".local/state"),
    "k8s-test",
  );
}
