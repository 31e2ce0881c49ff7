import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import { UserError } from "../../host/userError";
import { onCluster } from "../cluster/onCluster";
import type { RunningCluster } from "../cluster/startCluster";
import type { TailnetSockets } from "../providers/cloud/world/world";
import { ENDPOINT } from "../tailnet/apiEndpoint";
import { Control } from "../tailnet/control";
import { laptopStandpoint, type Standpoint } from "../tailnet/standpoint";
import { startTailnet } from "../tailnet/startTailnet";
import { tailnetStatus, type TailnetStatus } from "../tailnet/tailnetStatus";
import { OPERATORS_POLICY } from "./programClient";

/** What is needed of a tailnet of real programs to run a stack on it. */
export interface OnTailnet {
  /** The laptop, from which its API is reached. */
  standpoint: Standpoint;
  control: Control;
  /** What the offline clouds act on. */
  sockets: TailnetSockets;
}

/** Whether the tailnet of a stack is simulated, or one of Tailscale's own programs. */
export const TAILNETS = ["simulated", "real"] as const;
export type TailnetKind = (typeof TAILNETS)[number];

/**
 * The tailnet that a cluster is on, as it is; undefined where it is on none.
 *
 * @throws UserError where something of it has ended.
 */
export async function tailnetOf(name: string): Promise<OnTailnet | undefined> {
  const status = await tailnetStatus(name);
  if (status === undefined) return undefined;
  if (!status.isWhole) throw new UserError(notWhole(status));
  return onTailnet(status);
}

/**
 * The tailnet of a cluster; started where the cluster is on none, or on one that did not come up and
 * that nothing has been made on.
 *
 * @param isUsed Whether something of a stack is there that the tailnet would have to know.
 * @throws UserError where that is so, and the tailnet is not whole, or not there.
 */
export async function startOnTailnet(
  cluster: RunningCluster,
  { isUsed, signal }: { isUsed: boolean; signal?: AbortSignal },
): Promise<OnTailnet> {
  const { name, tools, networkNamespace: vpcNamespace, serverUrl } = cluster;
  const status = await tailnetStatus(name);
  if (status?.isWhole !== true) {
    if (isUsed) throw new UserError(status === undefined ? madeElsewhere(name) : notWhole(status));
    if (vpcNamespace === undefined) throw new Error(`Cluster "${name}" has no real node.`);
    const { hostname, port } = new URL(serverUrl);
    await startTailnet({
      ...{ name, tools, vpcNamespace, api: { address: hostname, port: Number(port) } },
      ...(signal && { signal }),
    });
  }
  const tailnet = await tailnetOf(name);
  if (tailnet === undefined) throw new Error(`Tailnet "${name}" is gone.`);
  if (!isUsed) await tailnet.control.setPolicy(OPERATORS_POLICY);
  return tailnet;
}

function onTailnet({ layout, state }: TailnetStatus): OnTailnet {
  const laptop = state.processes.find(({ name }) => name === "machine-laptop");
  if (laptop === undefined) throw new Error(`Tailnet "${state.name}" has no laptop.`);
  return {
    standpoint: laptopStandpoint(laptop),
    control: new Control(layout.admin),
    sockets: { control: layout.admin, fleet: layout.fleet },
  };
}

/** Why a stack cannot go on with a tailnet, and what to do. */
function notWhole({ state: { name }, ended }: TailnetStatus): string {
  const what = ended.length === 0 ? "its start was cut off" : `ended: ${ended.join(", ")}`;
  return `The tailnet of cluster "${name}" is not whole (${what}), and what was made on it is lost with it. Take both down, then start anew: ${onCluster("down", name)}`;
}

function madeElsewhere(name: string): string {
  return `The stack "live" on cluster "${name}" was made with a tailnet that is simulated, and --tailnet real is asked for. Go on without the flag, or take it down first: ${onCluster("down", name)}`;
}

/**
 * Keeps a stack from going on as if its tailnet were simulated.
 *
 * @throws UserError where a cluster is on one of real programs.
 */
export async function refuseTailnet(name: string): Promise<void> {
  if ((await tailnetStatus(name)) === undefined) return;
  throw new UserError(
    `Cluster "${name}" is on a tailnet of real programs, and one that is simulated is asked for. Go on with the one that runs: ${onCluster("up", name)} --stack live --tailnet real, or take both down first: ${onCluster("down", name)}`,
  );
}

interface Kubeconfig {
  clusters: { cluster: { server: string } }[];
}

/**
 * Writes a kubeconfig that leads to the cluster's private endpoint, which the laptop alone reaches.
 *
 * @param own - The one that leads there from this machine.
 * @param folder - Folder of the engine.
 * @returns its path.
 */
export async function endpointKubeconfig(own: string, folder: string): Promise<string> {
  const config = parse(await readFile(own, "utf8")) as Kubeconfig;
  for (const { cluster } of config.clusters) cluster.server = ENDPOINT.url;
  const path = join(folder, "kubeconfig");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path, stringify(config), { mode: 0o600 });
  return path;
}
