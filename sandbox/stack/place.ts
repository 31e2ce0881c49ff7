import { existsSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { stringify } from "yaml";

import { stateFolder } from "../../host/stateFolder";
import { UserError } from "../../host/userError";
import { SIMULATED } from "../cluster/components/kwok";
import { readEdge } from "../cluster/edge/edge";
import type { Manifest } from "../cluster/manifests";
import { startReport } from "../cluster/reports";
import { startCluster, type StartOptions } from "../cluster/startCluster";
import { clusterLayout, readState } from "../cluster/state";
import { ensureTools, type Toolchain } from "../toolchain/toolchain";
import { TOOLS, toolsOf } from "../toolchain/tools";
import { putImage } from "./appImage";
import { Engine } from "./engine";
import type { Target } from "./overlay";
import { writeOwnKubeconfig } from "./ownKubeconfig";
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
}

type Say = (line: string) => void;

/** What is needed beside a cluster: the engine, and the way to look. */
export const ENGINE_TOOLS = [
  ...toolsOf("preview"),
  ...TOOLS.filter(({ name }) => name === "kubectl"),
];

export interface SandboxOptions extends Omit<StartOptions, "whenRunning" | "tools" | "images"> {
  name: string;
  /** The stack to run. @default "home" */
  stack?: string;
  /** Whether a real node has an edge. @default "auto" for the stack `home`, else false */
  edge?: boolean | "auto";
  install: boolean;
  say: Say;
}

/** The sandbox's own cluster, started where it does not run. */
export async function sandboxPlace(options: SandboxOptions): Promise<Place> {
  const { name, stack = "home", install, say } = options;
  const { edge = isInCloud(stack) ? false : "auto" } = options;
  const tools = toolsOf("preview");
  const cluster = await startCluster({ ...options, edge, tools, whenRunning: "reuse" });
  say(startReport(cluster));
  const { kubeconfigPath } = cluster;
  const made = await makeEngine(engineFolder(name), cluster.tools, { stack, kubeconfigPath });
  if (cluster.tier === "cluster") return { ...made, target: { kubeconfigPath }, podsRun: false };
  const image = await putImage(cluster, { install, say });
  await writeFile(imageFile(name), image);
  const target = { kubeconfigPath, image, ...(cluster.edge && { edge: cluster.edge }) };
  return { ...made, target, podsRun: true };
}

/** An engine, and where its stack runs in a cloud, the one that it finds. */
async function makeEngine(
  folder: string,
  tools: Toolchain,
  { stack = "home", kubeconfigPath }: { stack?: string | undefined; kubeconfigPath?: string },
): Promise<Pick<Place, "engine" | "cloud">> {
  const cloud = isInCloud(stack) ? simulatedCloud(folder, kubeconfigPath) : undefined;
  const engine = await Engine.in(folder, tools, {
    ...(kubeconfigPath !== undefined && { kubeconfig: kubeconfigPath }),
    ...(cloud && { cloud }),
  });
  return { engine, ...(cloud && { cloud }) };
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
  const made = await makeEngine(engineFolder(name), tools, { stack, kubeconfigPath });
  const image = await readFile(imageFile(name), "utf8").catch(() => undefined);
  const edge = await readEdge(name);
  const target = {
    kubeconfigPath,
    ...(image !== undefined && { image }),
    ...(edge && { edge }),
  };
  return { ...made, target, podsRun: state.tier === "node" };
}

/**
 * A cluster of the user's own, by a context of their kubeconfig.
 *
 * @throws UserError for a stack that makes its own cluster.
 */
export async function ownPlace(context: string, stack: string, say: Say): Promise<Place> {
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

/** What runs already: a cluster of the user's own where a context is given, else the sandbox's. */
export function givenPlace(
  { name, context, stack }: { name: string; context?: string; stack: string },
  say: Say,
): Promise<Place> {
  return context === undefined ? runningPlace(name, stack, say) : ownPlace(context, stack, say);
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
