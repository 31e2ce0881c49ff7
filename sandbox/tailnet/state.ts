import { readFileSync } from "node:fs";
import { join } from "node:path";

import { codeOf } from "../../host/errors";
import { stateFolder } from "../../host/stateFolder";
import { UserError } from "../../host/userError";
import { checkName, writeStateFile, type ProcessRecord } from "../cluster/state";

/** What a tailnet is made of: enough to take it down. */
export interface TailnetState {
  version: 1;
  /** Also the name of the cluster that it belongs to, if any. */
  name: string;
  /** @default "starting" */
  phase?: "starting" | "running";
  /** Network namespace of a cluster's node that is the VPC; undefined where the VPC is one of its own. */
  vpcNamespace?: string;
  /** Network namespaces that were made, or were about to be; those of instances have states of their own. */
  namespaces: string[];
  processes: ProcessRecord[];
}

/** Where the files of one tailnet lie. */
export interface TailnetLayout {
  folder: string;
  state: string;
  /** Folder of one log a process; it stays when the tailnet is taken down. */
  logs: string;
  /** Certificate of the authority that devices trust, and what Tailscale's servers show. */
  authority: string;
  certificate: string;
  key: string;
  /** Unix socket of the control server's API. */
  admin: string;
  /** Unix socket of what starts instances. */
  fleet: string;
  /** What runs as the fleet, and as the service that each instance finds. */
  programs: { fleet: string; instance: string };
  /** Folder of the instances' states. */
  instances: string;
  /** Folder of what a machine's programs write, by the machine's name. */
  machine: (name: string) => string;
}

/** @throws UserError where the name cannot be one. */
export function tailnetLayout(name: string): TailnetLayout {
  checkName(name);
  const folder = join(stateFolder(), "tailnets", name);
  const at = (file: string): string => join(folder, file);
  return {
    folder,
    state: at("state.json"),
    logs: join(stateFolder(), "logs", `${name}-tailnet`),
    authority: at("authority.crt"),
    certificate: at("tailscale.crt"),
    key: at("tailscale.key"),
    admin: at("admin.sock"),
    fleet: at("fleet.sock"),
    programs: { fleet: at("fleet.cjs"), instance: at("instance.cjs") },
    instances: at("instances"),
    machine: (machine) => at(join("machines", machine)),
  };
}

/**
 * @returns the state of a tailnet, or undefined where there is none.
 * @throws UserError where it cannot be read as one.
 */
export function readTailnet(layout: TailnetLayout): TailnetState | undefined {
  let text: string;
  try {
    text = readFileSync(layout.state, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
  try {
    const state = JSON.parse(text) as TailnetState;
    if ((state.version as number) === 1 && Array.isArray(state.namespaces)) return state;
  } catch {
    // Said below.
  }
  throw new UserError(`${layout.state} is not the state of a tailnet. Nothing has been ended.`);
}

/** Replaces the state of a tailnet, in one step. */
export function writeTailnet(layout: TailnetLayout, state: TailnetState): void {
  writeStateFile(layout.state, state);
}
