import { constants } from "node:fs";
import { access, mkdir, rmdir } from "node:fs/promises";
import { join } from "node:path";

import { missingPackages, packageProblem } from "../../host/packages";
import { tryRun } from "../../host/run";
import { stateFolder } from "../../host/stateFolder";
import { isRoot } from "../../host/tools";
import { UserError } from "../../host/userError";
import { cgroupRoots } from "./cgroups";
import { HIDDEN, layoutOf } from "./layout";
import type { ClusterTier } from "./state";
import { NODE_NEEDS, RUNC_NEEDS } from "./systemNeeds";

/** A tier that works here, and why it is not the one above. */
export interface TierChoice {
  tier: ClusterTier;
  /** One sentence, or undefined where the best tier was taken or the tier was asked for. */
  because?: string;
}

/**
 * Takes the best tier that works on this machine, or checks the one that was asked for.
 *
 * @param runcIsBuilt whether runc is in the cache, so that no compiler is needed.
 * @throws UserError where the tier that was asked for does not work here.
 */
export async function chooseTier(
  wanted: ClusterTier | "auto",
  options: { install: boolean; runcIsBuilt: boolean },
): Promise<TierChoice> {
  if (wanted === "cluster") return { tier: "cluster" };
  const problem = await nodeProblem(options);
  if (problem === undefined) return { tier: "node" };
  if (wanted === "auto") return { tier: "cluster", because: problem };
  throw new UserError(
    `Tier "node" does not work here. ${problem} Tier "cluster" needs none of this.`,
  );
}

async function nodeProblem(options: {
  install: boolean;
  runcIsBuilt: boolean;
}): Promise<string | undefined> {
  if (process.platform !== "linux") return "A real node needs Linux.";
  if (!isRoot()) return "A real node needs root: run it with sudo.";
  const folder = folderProblem(stateFolder());
  if (folder !== undefined) return folder;
  const needs = [...NODE_NEEDS, ...(options.runcIsBuilt ? [] : RUNC_NEEDS)];
  return (
    packageProblem(needs, options.install) ??
    (await namespaceProblem()) ??
    (await firewallProblem()) ??
    cgroupProblem()
  );
}

/** The node's programs see their own folders in place of some of the machine's. */
export function folderProblem(state: string): string | undefined {
  const hidden = HIDDEN.find((path) => state === path || state.startsWith(`${path}/`));
  const mend = "Set XDG_STATE_HOME to a folder elsewhere.";
  if (hidden !== undefined) return `The state folder ${state} must not be below ${hidden}. ${mend}`;
  // The kernel takes at most 107 bytes as the address of a socket.
  const socket = layoutOf(`${state}/clusters/${"n".repeat(20)}`, "").containerdSocket;
  if (socket.length <= 107) return undefined;
  return `The path of the state folder ${state} is too long for a socket. ${mend}`;
}

/** Root in a container may lack what root elsewhere has: it is tried. */
async function namespaceProblem(): Promise<string | undefined> {
  const args = ["--net", "--mount", "--pid", "--fork", "--mount-proc", "true"];
  const { ok, all, reason } = await tryRun("unshare", args);
  return ok ? undefined : `This machine allows no namespaces: ${all === "" ? reason : all}.`;
}

/**
 * What kube-router asks of the kernel, and that it shows it the traffic between pods on one bridge,
 * which would get round all policies else. The first rule brings the kernel's modules.
 */
const FIREWALL_TRIAL = [
  "ipset create trial hash:ip timeout 0",
  "iptables -A FORWARD -m physdev --physdev-is-bridged -m set --match-set trial src -j REJECT",
  'test "$(cat /proc/sys/net/bridge/bridge-nf-call-iptables)" = 1',
].join(" && ");

/** Why policies could not be enforced here. Undefined, too, where the programs are still missing. */
export async function firewallProblem(trial = FIREWALL_TRIAL): Promise<string | undefined> {
  if (missingPackages(NODE_NEEDS).length > 0) return undefined;
  const { ok, all, reason } = await tryRun("unshare", ["--net", "sh", "-c", trial]);
  if (ok) return undefined;
  const why = all === "" ? reason : all;
  return `The kernel cannot enforce network policies (ip_set, xt_set, xt_physdev, br_netfilter): ${why}.`;
}

async function cgroupProblem(): Promise<string | undefined> {
  const roots = cgroupRoots();
  const [first] = roots;
  if (first === undefined) return "No cgroup tree is mounted on this machine.";
  const trial = join(first, `k8s-test-trial-${String(process.pid)}`);
  try {
    for (const root of roots) await access(root, constants.W_OK);
    await mkdir(trial);
    await rmdir(trial);
    return undefined;
  } catch (error) {
    return `The cgroup tree cannot be written to: ${String(error)}.`;
  }
}
