import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { stringify } from "yaml";

import { stateFolder } from "../../host/stateFolder";
import { UserError } from "../../host/userError";
import { readEdge } from "../cluster/edge/edge";
import { prometheusUrl } from "../cluster/monitoring/places";
import { startReport } from "../cluster/reports";
import { startCluster, type RunningCluster, type StartOptions } from "../cluster/startCluster";
import { clusterLayout, readState } from "../cluster/state";
import { ensureTools, type Toolchain } from "../toolchain/toolchain";
import { toolsOf } from "../toolchain/tools";
import { putImage } from "./appImage";
import { resourcesIn } from "./cloudReport";
import { Engine } from "./engine";
import { ENGINE_TOOLS } from "./engineTools";
import {
  endpointKubeconfig,
  refuseTailnet,
  startOnTailnet,
  tailnetOf,
  type OnTailnet,
  type TailnetKind,
} from "./onTailnet";
import type { Target } from "./overlay";
import { ownPlace } from "./ownPlace";
import { prepareMonitoring } from "./prepareMonitoring";
import { prepareTailnet } from "./prepareTailnet";
import { simulatedCloud, type SimulatedCloud } from "./simulatedCloud";
import { isInCloud } from "./stacks";

/** Where a stack is tried. */
export interface Place {
  engine: Engine;
  target: Target;
  /** Whether pods really run there. */
  podsRun: boolean;
  /** The cloud, for a stack that runs in one. */
  cloud?: SimulatedCloud;
  /** The tailnet of real programs that the engine is on. */
  tailnet?: OnTailnet;
  /** The cluster, where it has a Prometheus that is to be told what a stack makes. */
  monitored?: string;
}

type Say = (line: string) => void;

export interface SandboxOptions extends Omit<StartOptions, "whenRunning" | "tools" | "images"> {
  name: string;
  /** The stack to run. @default "home" */
  stack?: string;
  /** Whether a real node has an edge. @default "auto" for the stack `home`, else false */
  edge?: boolean | "auto";
  /** What the tailnet is that the stack `live` is reached by. @default "simulated" */
  tailnet?: TailnetKind;
  install: boolean;
  say: Say;
}

/** The sandbox's own cluster, started where it does not run. */
export async function sandboxPlace(options: SandboxOptions): Promise<Place> {
  const { name, stack = "home", install, say } = options;
  const { edge = isInCloud(stack) ? false : "auto" } = options;
  const isReal = options.tailnet === "real";
  const needs = isReal ? await prepareTailnet({ ...options, stack }) : { tools: [] };
  const { monitoring = false } = options;
  const counted = monitoring ? prepareMonitoring({ ...options, stack }) : {};
  const tools = [...toolsOf("preview"), ...needs.tools];
  const cluster = await startCluster({
    ...{ ...options, edge, ...needs, ...counted, tools, whenRunning: "reuse" },
  });
  say(startReport(cluster));
  const tailnet = await tailnetFor(cluster, { ...options, stack });
  const { kubeconfigPath } = cluster;
  const made = await makeEngine(name, cluster.tools, {
    ...{ stack, kubeconfigPath },
    ...(tailnet && { tailnet }),
  });
  if (cluster.tier === "cluster") return { ...made, target: { kubeconfigPath }, podsRun: false };
  const image = await putImage(cluster, { install, say });
  await writeFile(imageFile(name), image);
  const { edge: ownEdge, prometheusUrl: url } = cluster;
  const target = {
    ...{ kubeconfigPath, image },
    ...(ownEdge && { edge: ownEdge }),
    ...(url !== undefined && { prometheusUrl: url }),
  };
  return { ...made, target, podsRun: true, ...(url !== undefined && { monitored: name }) };
}

/**
 * The tailnet of real programs that a stack is to be on, started where that was asked for.
 *
 * @throws UserError where the cluster is on one, and one that is simulated was asked for.
 */
async function tailnetFor(
  cluster: RunningCluster,
  { name, stack, tailnet, signal }: SandboxOptions & { stack: string },
): Promise<OnTailnet | undefined> {
  if (tailnet === "real") {
    const isUsed = (await resourcesIn(cloudFolder(name))) > 0;
    return startOnTailnet(cluster, { isUsed, ...(signal && { signal }) });
  }
  if (isInCloud(stack)) await refuseTailnet(name);
  return undefined;
}

interface EngineNeeds {
  stack: string;
  /** Of the cluster, as it is reached from this machine. */
  kubeconfigPath: string;
  tailnet?: OnTailnet;
}

/** The engine of a cluster, and where its stack runs in a cloud, the one that it finds. */
async function makeEngine(
  name: string,
  tools: Toolchain,
  { stack, kubeconfigPath, tailnet }: EngineNeeds,
): Promise<Pick<Place, "engine" | "cloud" | "tailnet">> {
  const folder = engineFolder(name);
  const kubeconfig =
    tailnet === undefined ? kubeconfigPath : await endpointKubeconfig(kubeconfigPath, folder);
  const cloud = isInCloud(stack) ? simulatedCloud(folder, kubeconfig, tailnet?.sockets) : undefined;
  const engine = await Engine.in(folder, tools, {
    kubeconfig,
    ...(cloud && { cloud }),
    ...(tailnet && { standpoint: tailnet.standpoint }),
  });
  return { engine, ...(cloud && { cloud }), ...(tailnet && { tailnet }) };
}

/** The sandbox's cluster as it is, if it runs. */
export async function runningPlace(name: string, stack: string, say: Say): Promise<Place> {
  const layout = clusterLayout(name);
  const state = await readState(layout);
  if (state === undefined || !existsSync(layout.kubeconfig)) {
    throw new UserError(`There is no cluster "${name}". Start one: npm start`);
  }
  const tools = await ensureTools(ENGINE_TOOLS, { say });
  const kubeconfigPath = layout.kubeconfig;
  const tailnet = isInCloud(stack) ? await tailnetOf(name) : undefined;
  const made = await makeEngine(name, tools, {
    ...{ stack, kubeconfigPath },
    ...(tailnet && { tailnet }),
  });
  const image = await readFile(imageFile(name), "utf8").catch(() => undefined);
  const edge = await readEdge(name);
  const target = {
    kubeconfigPath,
    ...(image !== undefined && { image }),
    ...(edge && { edge }),
    ...(state.monitoring === true && { prometheusUrl: prometheusUrl(state.topology) }),
  };
  return {
    ...{ ...made, target, podsRun: state.tier === "node" },
    ...(state.monitoring === true && { monitored: name }),
  };
}

/** What runs already: a cluster of the user's own where a context is given, else the sandbox's. */
export function givenPlace(
  { name, context, stack }: { name: string; context?: string; stack: string },
  say: Say,
): Promise<Place> {
  return context === undefined ? runningPlace(name, stack, say) : ownPlace(context, stack, say);
}

/** Whether the sandbox's cluster is up. */
export async function isUp(name: string): Promise<boolean> {
  return (await readState(clusterLayout(name))) !== undefined;
}

/** No cluster at all: a plan can still be made. */
export async function nowhere(say: Say, stack = "home"): Promise<Place> {
  const folder = join(stateFolder(), "preview");
  const tools = await ensureTools(ENGINE_TOOLS, { say });
  const kubeconfigPath = join(folder, "kubeconfig");
  const cloud = isInCloud(stack) ? simulatedCloud(folder) : undefined;
  const options = { kubeconfig: kubeconfigPath, ...(cloud && { cloud }) };
  const engine = await Engine.in(folder, tools, options);
  await writeFile(kubeconfigPath, stringify(KUBECONFIG_OF_NOWHERE));
  say("There is no cluster: the plan is made from the program alone.");
  return { engine, target: { kubeconfigPath }, podsRun: false, ...(cloud && { cloud }) };
}

/** A kubeconfig that leads nowhere: names below `invalid` never resolve (RFC 6761). */
const KUBECONFIG_OF_NOWHERE = {
  apiVersion: "v1",
  kind: "Config",
  "current-context": "nowhere",
  contexts: [{ name: "nowhere", context: { cluster: "nowhere", user: "nobody" } }],
  clusters: [{ name: "nowhere", cluster: { server: "https://nowhere.invalid:6443" } }],
  users: [{ name: "nobody", user: { token: "none" } }],
};

/** File with the name of the app's image on the node, for whoever comes after the one that put it there. */
function imageFile(name: string): string {
  return join(engineFolder(name), "image");
}

/** Folder of the simulated cloud of a cluster. */
export function cloudFolder(name: string): string {
  return simulatedCloud(engineFolder(name)).world;
}

/** The engine's own state goes with the cluster that it is about. */
function engineFolder(name: string): string {
  return join(clusterLayout(name).folder, "engine");
}
