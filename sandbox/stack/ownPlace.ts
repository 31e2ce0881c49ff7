import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { stateFolder } from "../../host/stateFolder";
import { UserError } from "../../host/userError";
import { SIMULATED } from "../cluster/components/kwok";
import type { Manifest } from "../cluster/manifests";
import { ensureTools } from "../toolchain/toolchain";
import { Engine } from "./engine";
import { ENGINE_TOOLS } from "./engineTools";
import { writeOwnKubeconfig } from "./ownKubeconfig";
import type { Place } from "./place";
import { isInCloud } from "./stacks";

/**
 * A cluster of the user's own, by a context of their kubeconfig.
 *
 * @throws UserError for a stack that makes its own cluster.
 */
export async function ownPlace(
  context: string,
  stack: string,
  say: (line: string) => void,
): Promise<Place> {
  if (isInCloud(stack)) {
    throw new UserError(
      `Stack "${stack}" makes its cluster itself, in a cloud that is simulated here, and only the sandbox's own cluster can play it: leave --context out.`,
    );
  }
  const tools = await ensureTools(ENGINE_TOOLS, { say });
  const kubeconfigPath = join(ownFolder(context), "kubeconfig");
  await writeOwnKubeconfig(tools.path("kubectl"), context, kubeconfigPath);
  const engine = await Engine.in(ownFolder(context), tools, { kubeconfig: kubeconfigPath });
  const podsRun = !(await isPlayed(engine));
  say(
    podsRun
      ? `Real: everything on the cluster of context "${context}". Nothing of it is simulated.`
      : `The nodes of context "${context}" are simulated (by KWOK): pods become Ready but run nothing.`,
  );
  return { engine, target: { kubeconfigPath }, podsRun };
}

/** Whether KWOK plays all nodes of a cluster. Where nobody answers, they are taken for real. */
async function isPlayed(engine: Engine): Promise<boolean> {
  const { ok, stdout } = await engine.kubectl(["get", "nodes", "--output=json"]);
  if (!ok) return false;
  const { items } = JSON.parse(stdout) as { items: Pick<Manifest, "metadata">[] };
  return (
    items.length > 0 && items.every(({ metadata }) => SIMULATED.key in (metadata.annotations ?? {}))
  );
}

/** Folder of the state of what runs on a cluster of the user's own. */
export function ownFolder(context: string): string {
  return join(ownFolders(), encodeURIComponent(context));
}

function ownFolders(): string {
  return join(stateFolder(), "contexts");
}

/** Contexts of the user's own clusters that have, or had, a stack. */
export function ownContexts(): string[] {
  return existsSync(ownFolders()) ? readdirSync(ownFolders()).map(decodeURIComponent) : [];
}
