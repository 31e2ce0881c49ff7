import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { stateFolder } from "../../host/stateFolder";
import { codeOf } from "../../host/errors";
import { UserError } from "../../host/userError";
import type { Tier } from "../toolchain/tools";
import { layoutOf, type Layout } from "./layout";
import type { ProcessIdentity } from "./processIdentity";
import type { Topology } from "./topology";

/** The tiers that have a cluster. */
export type ClusterTier = Exclude<Tier, "preview">;

export interface ProcessRecord extends ProcessIdentity {
  name: string;
  log: string;
  /** The whole command line, the program first. */
  command: readonly string[];
}

/** What the node's processes live in, apart from the host's own. */
export interface NodeRecord {
  /** Name of the network namespace. */
  namespace: string;
  /** Name of the host's end of the link into it. */
  link: string;
  /** Path, in the cgroup tree, of the pods. */
  cgroup: string;
  /** Which of them this cluster has made, or is about to make: only these are its to remove. */
  made: ("namespace" | "link" | "cgroup")[];
}

/** What a cluster is made of: enough to take it down. */
export interface ClusterState {
  version: 1;
  name: string;
  tier: ClusterTier;
  phase: "starting" | "running" | "stopping";
  /** ISO 8601. */
  startedAt: string;
  topology: Topology;
  processes: ProcessRecord[];
  node?: NodeRecord;
  /** Whether Traefik, cert-manager, an ACME server and a DNS zone run. @default false */
  edge?: boolean;
  /** Whether KEDA and Prometheus run. @default false */
  monitoring?: boolean;
}

/** The name of a cluster becomes part of file and interface names. */
const NAME = /^[a-z][a-z0-9-]{0,19}$/;

export const DEFAULT_NAME = "sandbox";

/** @throws UserError where the name cannot be one. */
export function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw new UserError(
    `"${name}" cannot be a cluster's name. Allowed are a small letter, then up to 19 small letters, digits and hyphens.`,
  );
}

export function clusterLayout(name: string): Layout {
  checkName(name);
  return layoutOf(join(stateFolder(), "clusters", name), join(stateFolder(), "logs", name));
}

/** Names of the clusters that have a state, or of which only a tailnet is there. */
export function knownClusters(): string[] {
  const names = ["clusters", "tailnets"].flatMap((folder) => {
    try {
      return readdirSync(join(stateFolder(), folder));
    } catch {
      return [];
    }
  });
  return [...new Set(names)].sort();
}

/**
 * @returns the state of a cluster, or undefined where there is none.
 * @throws UserError where it cannot be read as one.
 */
export async function readState(layout: Layout): Promise<ClusterState | undefined> {
  let text: string;
  try {
    text = await readFile(layout.state, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
  try {
    const state = JSON.parse(text) as ClusterState;
    if ((state.version as number) === 1 && Array.isArray(state.processes)) return state;
  } catch {
    // Said below.
  }
  throw new UserError(`${layout.state} is not the state of a cluster. Nothing has been ended.`);
}

/** Replaces the state of a cluster, in one step. */
export function writeState(layout: Layout, state: ClusterState): void {
  writeStateFile(layout.state, state);
}

/**
 * Replaces a state in one step: whoever reads it, at whatever time, reads a whole one. It does not
 * yield, so that nothing comes between the start of a process and its record.
 */
export function writeStateFile(path: string, state: object): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.next`;
  writeFileSync(next, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(next, path);
}
