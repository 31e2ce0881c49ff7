import { UserError } from "../../host/userError";
import { tryRun } from "../../host/run";
import { groupFolder } from "./pin";

const GET_GO = "Install Go (package golang, or go.dev/dl), then run the same command again.";

/**
 * Checks that Go can build a group: asked in the group's own folder, so that Go itself compares its
 * version with go.mod, and fetches a newer toolchain where its settings allow that.
 *
 * @throws UserError where there is no Go, or one that is too old.
 */
export async function checkGo(group: string): Promise<void> {
  const options = { cwd: groupFolder(group), env: { GOFLAGS: "", GOWORK: "off" } };
  const { ok, all, code } = await tryRun("go", ["list", "-m"], options);
  if (!ok) throw new UserError(goProblem(code, all));
}

/** What is wrong with Go, from the code or the words with which its start failed. */
export function goProblem(code: string | undefined, text: string): string {
  if (code === "ENOENT") return `Go is not on PATH, and the tools are built with it. ${GET_GO}`;
  const old = /go\.mod requires go >= (\S+) \(running go ([^;)\s]+)/.exec(text);
  if (old !== null) {
    return `Go ${String(old[2])} is too old: the tools need ${String(old[1])} or newer. ${GET_GO}`;
  }
  if (/flag provided but not defined|unknown directive|invalid go version/.test(text)) {
    return `Go is too old to read the pins of the tools. ${GET_GO}`;
  }
  return `Go does not work here: ${text}`;
}
