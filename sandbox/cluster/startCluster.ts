import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";

import { cacheFolder } from "../../host/cacheFolder";
import { UserError } from "../../host/userError";
import { stopTailnet } from "../tailnet/stopTailnet";
import type { Toolchain } from "../toolchain/toolchain";
import type { Tool } from "../toolchain/tools";
import { Bringing } from "./bringUp";
import { bringUpNode } from "./bringUpNode";
import { bringUpSimulated } from "./bringUpSimulated";
import { alone } from "./clusterLock";
import { edgeOf, type Edge } from "./edge/edge";
import { freePorts } from "./freePorts";
import { pauseImage } from "./images";
import type { Layout } from "./layout";
import { prometheusUrl } from "./monitoring/places";
import { checkFree, nodeRecord } from "./nodeNamespace";
import { otherThanAsked } from "./otherThanAsked";
import { prepare } from "./prepare";
import { Starter, type Timings } from "./starter";
import { clusterLayout, DEFAULT_NAME, readState, writeState } from "./state";
import type { ClusterState, ClusterTier } from "./state";
import { isHealthy } from "./status";
import { takeDown } from "./takeDown";
import { loopbackTopology, nodeTopology, serverUrl } from "./topology";

export interface StartOptions {
  /** @default "sandbox" */
  name?: string;
  /** @default "auto": `node` where it works, else `cluster` */
  tier?: ClusterTier | "auto";
  /**
   * Whether a real node has an edge: Traefik, cert-manager, an ACME server and a DNS zone. Else
   * Traefik is simulated. `auto` is where it can be had; a cluster that runs is taken as it is.
   * @default false
   */
  edge?: boolean | "auto";
  /**
   * Whether KEDA and Prometheus are needed, on a real node that has an edge; a cluster that runs with
   * them is taken as it is, also where they are not. @default false
   */
  monitoring?: boolean;
  /** Whether missing Debian packages may be installed. @default true */
  install?: boolean;
  /** OCI archives that are put on the real node. @default none */
  images?: readonly string[];
  /** Whether a second node, labelled arm64, is simulated in tier `cluster`. @default false */
  arm64Node?: boolean;
  /** What to do where the cluster runs already. @default "refuse" */
  whenRunning?: "refuse" | "reuse";
  /** More tools that the caller needs, built together with the cluster's. @default none */
  tools?: readonly Tool[];
  /** Gives up, and takes down what has been made. */
  signal?: AbortSignal;
  /** Takes lines for a person to read. @default console.log */
  say?: (line: string) => void;
}

/** A cluster that runs. */
export interface RunningCluster {
  name: string;
  /** The tier that was taken. */
  tier: ClusterTier;
  serverUrl: string;
  /** Kubeconfig of an administrator, with everything in it. */
  kubeconfigPath: string;
  tools: Toolchain;
  /** Network namespace of the node, by name; undefined in tier `cluster`. */
  networkNamespace?: string;
  /** How its edge is reached; undefined where Traefik is simulated. */
  edge?: Edge;
  /** URL of its Prometheus, for whoever is on the node; undefined where there is none. */
  prometheusUrl?: string;
  /** Seconds after the start; empty where the cluster ran already. */
  timings: Timings;
}

/**
 * Starts a cluster and waits until pods can run. Its processes outlive this one.
 *
 * @throws UserError where something that is needed is missing or taken, or a process does not come
 *   up; what had been started is down again then.
 */
export async function startCluster(options: StartOptions = {}): Promise<RunningCluster> {
  const { name = DEFAULT_NAME, tier = "auto", install = true, tools = [], signal } = options;
  const { say = console.log, whenRunning = "refuse", edge = false, monitoring = false } = options;
  if (monitoring && (tier !== "node" || edge !== true)) {
    throw new UserError(
      "KEDA and Prometheus need tier node and an edge, whose requests they count.",
    );
  }
  const layout = clusterLayout(name);
  const start = async (): Promise<RunningCluster> => {
    const running = await clearTheWay(layout, {
      ...{ name, tier, edge, monitoring, whenRunning, say },
    });
    const { edge: hasEdge = false, monitoring: hasMonitoring = false } = running ?? {};
    const wanted = running
      ? { tier: running.tier, edge: hasEdge, monitoring: hasMonitoring }
      : { tier, edge, monitoring };
    const prepared = await prepare({ ...wanted, install, tools, signal, say });
    if (running !== undefined) return describe(running, layout, prepared.tools, {});
    return bringUp(name, layout, prepared, { ...options, say });
  };
  try {
    return await alone(name, start, signal);
  } catch (error) {
    // Whatever was under way says only that it was cut off; the caller's reason says why.
    if (error instanceof Error && error.name === "AbortError") signal?.throwIfAborted();
    throw error;
  }
}

/** Takes down what an earlier run has left; gives the state of a cluster that is well. */
async function clearTheWay(
  layout: Layout,
  {
    name,
    tier,
    edge,
    monitoring,
    whenRunning,
    say,
  }: Required<Pick<StartOptions, "name" | "tier" | "edge" | "monitoring" | "whenRunning" | "say">>,
): Promise<ClusterState | undefined> {
  const earlier = await readState(layout);
  if (earlier === undefined) return undefined;
  if (!(await isHealthy(layout, earlier))) {
    say(`An earlier run of cluster "${name}" did not end well; what is left of it is removed.`);
    // What is on it goes with it, and was made on the tailnet that leads to it.
    await stopTailnet(name);
    await takeDown(layout, earlier);
    return undefined;
  }
  const other = otherThanAsked(earlier, { tier, edge, monitoring });
  if (whenRunning === "reuse" && other.length === 0) return earlier;
  const asked = other.length === 0 ? "" : `, and one ${other.join(" and ")} is asked for`;
  throw new UserError(
    `Cluster "${name}" runs already (tier ${earlier.tier}, since ${earlier.startedAt})${asked}. Use it with KUBECONFIG=${layout.kubeconfig}, or end it: npm run sandbox -- down --name ${name}`,
  );
}

async function bringUp(
  name: string,
  layout: Layout,
  { tier, edge, tools }: { tier: ClusterTier; edge: boolean; tools: Toolchain },
  { images = [], arm64Node = false, monitoring = false, signal, say = console.log }: StartOptions,
): Promise<RunningCluster> {
  const missing = images.find((image) => !existsSync(image));
  if (missing !== undefined) throw new UserError(`There is no image archive ${missing}.`);
  const node = tier === "node" ? nodeRecord(name) : undefined;
  if (node !== undefined) await checkFree(node);
  const topology = node === undefined ? loopbackTopology(await freePorts()) : nodeTopology();
  const pause = node === undefined ? undefined : await pauseImage(cacheFolder());
  const startedAt = new Date().toISOString();
  const head = { version: 1, name, tier, phase: "starting", startedAt } as const;
  const state: ClusterState = {
    ...head,
    topology,
    processes: [],
    ...(node && { node, edge, monitoring }),
  };
  await rm(layout.logs, { recursive: true, force: true });
  const starter = new Starter({ state, layout, say, ...(signal && { signal }) });
  try {
    writeState(layout, state);
    const bringing = await Bringing.of({ layout, topology }, tools, starter);
    if (node === undefined || pause === undefined) await bringUpSimulated(bringing, arm64Node);
    else
      await bringUpNode(bringing, node, {
        ...{ images: { pause, others: images }, edge, monitoring },
      });
    state.phase = "running";
    writeState(layout, state);
    return await describe(state, layout, tools, starter.timings);
  } catch (error) {
    await takeDown(layout, state);
    throw error;
  }
}

async function describe(
  state: ClusterState,
  layout: Layout,
  tools: Toolchain,
  timings: Timings,
): Promise<RunningCluster> {
  const { name, tier, topology, node, edge, monitoring } = state;
  return {
    name,
    tier,
    serverUrl: serverUrl(topology),
    kubeconfigPath: layout.kubeconfig,
    tools,
    ...(node && { networkNamespace: node.namespace }),
    ...(edge === true && { edge: await edgeOf(layout, topology) }),
    ...(monitoring === true && { prometheusUrl: prometheusUrl(topology) }),
    timings,
  };
}
