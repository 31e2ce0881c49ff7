import { existsSync } from "node:fs";
import { join } from "node:path";

import { installMissing, packageProblem } from "../../host/packages";
import { stateFolder } from "../../host/stateFolder";
import { UserError } from "../../host/userError";
import type { ClusterTier } from "../cluster/state";
import { TAILNET_NEEDS } from "../cluster/systemNeeds";
import { TOOLS, type Tool } from "../toolchain/tools";
import { isInCloud } from "./stacks";

/** What the kernel makes a network interface by, which every program of a laptop goes through. */
const TUN = "/dev/net/tun";

export interface TailnetNeeds {
  stack: string;
  tier?: ClusterTier | "auto";
  /** Whether missing Debian packages may be installed. */
  install: boolean;
  say: (line: string) => void;
}

/**
 * Sees whether a tailnet of real programs can be had, and gets what it needs of the system. Nothing of a
 * cluster is made before.
 *
 * @returns the tier that it needs, and the tools that it needs beside.
 * @throws UserError where it cannot be had.
 */
export async function prepareTailnet({
  stack,
  tier = "auto",
  install,
  say,
}: TailnetNeeds): Promise<{ tier: "node"; tools: Tool[] }> {
  const problem = flagsProblem(stack, tier) ?? machineProblem(install);
  if (problem !== undefined) throw new UserError(`--tailnet real ${problem}`);
  if (tier === "auto") say('Tier "node": the tailnet leads to a real node.');
  await installMissing(TAILNET_NEEDS, { say, log: join(stateFolder(), "logs", "packages.log") });
  return { tier: "node", tools: TOOLS.filter(({ part }) => part === "tailnet") };
}

function flagsProblem(stack: string, tier: ClusterTier | "auto"): string | undefined {
  if (!isInCloud(stack)) {
    return `needs --stack live, and the stack is "${stack}": it is reached over no tailnet.`;
  }
  if (tier === "cluster") {
    return "needs --tier node, and --tier cluster is given: nodes that are simulated are in no network.";
  }
  return undefined;
}

function machineProblem(install: boolean): string | undefined {
  if (process.platform === "linux" && !existsSync(TUN)) {
    return `needs ${TUN}, which is not there: modprobe tun, or in a container, have it given the device.`;
  }
  const missing = packageProblem(TAILNET_NEEDS, install);
  return missing === undefined ? undefined : `does not work here. ${missing}`;
}
