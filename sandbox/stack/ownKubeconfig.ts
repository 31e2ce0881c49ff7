import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import { tryRun } from "../../host/run";
import { UserError } from "../../host/userError";

/**
 * Writes a kubeconfig that has one context of the user's own and nothing else, so that whatever runs
 * with it can reach no other cluster, whichever context is their current one. kubectl looks for it
 * where it always does: in `$KUBECONFIG`, or in `~/.kube/config`.
 *
 * @throws UserError where there is no such context.
 */
export async function writeOwnKubeconfig(
  kubectl: string,
  context: string,
  path: string,
): Promise<void> {
  const { ok, stdout, stderr } = await tryRun(kubectl, [
    ...["config", "view", "--raw", "--flatten", "--minify"],
    `--context=${context}`,
  ]);
  if (!ok) throw new UserError(await why(kubectl, context, stderr.trim()));
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, `${stdout}\n`, { mode: 0o600 });
}

async function why(kubectl: string, context: string, said: string): Promise<string> {
  const list = await tryRun(kubectl, ["config", "get-contexts", "--output=name"]);
  const names = list.stdout.split("\n").filter((name) => name !== "");
  const from = process.env["KUBECONFIG"] ?? "~/.kube/config";
  if (names.includes(context)) return `Context "${context}" of ${from} cannot be used: ${said}`;
  const there = names.length === 0 ? "It has none." : `It has: ${names.join(", ")}.`;
  return `There is no context "${context}" in ${from}. ${there}`;
}
