import { readFileSync } from "node:fs";

import { ApiClient } from "./apiClient";
import type { Layout } from "./layout";
import { childOf } from "./processes";
import { isAlive } from "./processIdentity";
import { isReady } from "./readiness";
import { clusterLayout, DEFAULT_NAME, readState, type ClusterState } from "./state";
import { serverUrl } from "./topology";

export interface ProcessStatus {
  name: string;
  pid: number;
  alive: boolean;
  /** Resident memory in MiB; undefined where the system does not tell. */
  memory: number | undefined;
  log: string;
}

export interface ClusterStatus {
  state: ClusterState;
  kubeconfigPath: string;
  serverUrl: string;
  /** Whether the API server says that it is ready. */
  apiReady: boolean;
  processes: ProcessStatus[];
}

/** @returns how a cluster is, or undefined where there is none. */
export async function clusterStatus(name = DEFAULT_NAME): Promise<ClusterStatus | undefined> {
  const layout = clusterLayout(name);
  const state = await readState(layout);
  if (state === undefined) return undefined;
  const processes = state.processes.map(async (record) => {
    const alive = await isAlive(record);
    const { name: process, pid, log } = record;
    return { name: process, pid, alive, memory: alive ? memoryOf(pid) : undefined, log };
  });
  return {
    state,
    kubeconfigPath: layout.kubeconfig,
    serverUrl: serverUrl(state.topology),
    apiReady: await apiIsReady(layout, state),
    processes: await Promise.all(processes),
  };
}

/** Whether a cluster came up whole, all its processes run, and its API answers. */
export async function isHealthy(layout: Layout, state: ClusterState): Promise<boolean> {
  if (state.phase !== "running") return false;
  const alive = await Promise.all(state.processes.map(isAlive));
  return alive.every(Boolean) && (await apiIsReady(layout, state));
}

async function apiIsReady(layout: Layout, { topology }: ClusterState): Promise<boolean> {
  try {
    const api = await ApiClient.of(layout, serverUrl(topology));
    return await isReady({ url: `${serverUrl(topology)}/readyz` }, api);
  } catch {
    return false;
  }
}

/** Of the process itself, or of the one that it has put into the node. Linux only. */
function memoryOf(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${String(childOf(pid) ?? pid)}/status`, "utf8");
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    return kibibytes === undefined ? undefined : Math.round(Number(kibibytes) / 1024);
  } catch {
    return undefined;
  }
}
