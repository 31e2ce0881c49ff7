import { existsSync } from "node:fs";
import { join } from "node:path";

import { cacheFolder } from "../../host/cacheFolder";
import { installMissing, missingPackages, packageProblem } from "../../host/packages";
import { stateFolder } from "../../host/stateFolder";
import { UserError } from "../../host/userError";
import { builtPath } from "../toolchain/pin";
import { ensureTools, type Toolchain } from "../toolchain/toolchain";
import { TOOLS, toolsOf, type Part, type Tool } from "../toolchain/tools";
import type { ClusterTier } from "./state";
import { EDGE_NEEDS, NODE_NEEDS, RUNC_NEEDS } from "./systemNeeds";
import { chooseTier } from "./tier";

export interface PrepareOptions {
  tier: ClusterTier | "auto";
  /** Whether a real node gets an edge; `auto` is where it can be had. */
  edge: boolean | "auto";
  /** Whether KEDA and Prometheus run on a real node. */
  monitoring: boolean;
  /** Whether missing Debian packages may be installed. */
  install: boolean;
  /** More tools that the caller needs, built together with the cluster's. */
  tools: readonly Tool[];
  signal: AbortSignal | undefined;
  say: (line: string) => void;
}

/** Chooses the tier and gets all that it needs: nothing of a cluster is made before. */
export async function prepare(
  options: PrepareOptions,
): Promise<{ tier: ClusterTier; edge: boolean; tools: Toolchain }> {
  const { install, say, signal } = options;
  const runc = TOOLS.find(({ name }) => name === "runc");
  const runcIsBuilt = runc !== undefined && existsSync(builtPath(cacheFolder(), runc));
  const choose = () => chooseTier(options.tier, { install, runcIsBuilt });
  let choice = await choose();
  const edge = choice.tier === "node" && chooseEdge(options);
  const needs = [...NODE_NEEDS, ...(runcIsBuilt ? [] : RUNC_NEEDS), ...(edge ? EDGE_NEEDS : [])];
  if (choice.tier === "node" && missingPackages(needs).length > 0) {
    await installMissing(needs, { say, log: join(stateFolder(), "logs", "packages.log") });
    // What can only be tried with them is tried now.
    choice = await choose();
  }
  const { tier, because } = choice;
  if (because !== undefined) say(`Tier "cluster": nodes are simulated. ${because}`);
  const parts: Part[] = [
    ...(edge ? (["edge"] as const) : []),
    ...(options.monitoring ? (["monitoring"] as const) : []),
  ];
  const needed = toolsOf(tier, parts).filter((tool) => tool.tier !== "preview");
  const tools = await ensureTools([...options.tools, ...needed], {
    say,
    ...(signal && { signal }),
  });
  for (const remark of tools.remarks) say(remark);
  return { tier, edge, tools };
}

/**
 * Whether a real node gets an edge.
 *
 * @throws UserError where one was asked for, and what it needs is missing and will not be installed.
 */
function chooseEdge({ edge, install, say }: PrepareOptions): boolean {
  if (edge === false) return false;
  const problem = packageProblem(EDGE_NEEDS, install);
  if (problem === undefined) return true;
  if (edge === true) throw new UserError(`An edge does not work here. ${problem}`);
  say(`No edge: Traefik is simulated. ${problem}`);
  return false;
}
