import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { codeOf } from "../../../host/errors";
import { UserError } from "../../../host/userError";
import { stopProcess } from "../../cluster/processes";
import { writeStateFile, type ProcessRecord } from "../../cluster/state";
import { removeRouter, type RouterNetwork } from "../routerNetwork";
import type { TailnetLayout } from "../state";

/** What an instance is made of: enough to remove it. Each has a file of its own. */
export interface InstanceState {
  version: 1;
  /** Such as `i-0123456789abcdef0`. */
  id: string;
  /** Name of its auto scaling group. */
  group: string;
  network: RouterNetwork;
  /** The first of them holds the machine's namespaces. */
  processes: ProcessRecord[];
}

/** Replaces the state of an instance, in one step. */
export function writeInstance(layout: TailnetLayout, state: InstanceState): void {
  writeStateFile(pathOf(layout, state.id), state);
}

/**
 * The states of all instances that there are, in the order of their ids.
 *
 * @throws UserError where a file is not the state of an instance.
 */
export function readInstances(layout: TailnetLayout): InstanceState[] {
  return namesIn(layout.instances)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => readInstance(join(layout.instances, name)))
    .filter((state) => state !== undefined);
}

/**
 * Ends an instance, however it is, and removes all that was made for it; its logs stay.
 *
 * @throws where something of it does not end; its state then stays.
 */
export async function removeInstance(layout: TailnetLayout, state: InstanceState): Promise<void> {
  for (const one of state.processes) await stopProcess(one, ["SIGKILL"]);
  await removeRouter(state.network);
  await rm(layout.machine(state.id), { recursive: true, force: true });
  await rm(pathOf(layout, state.id), { force: true });
}

function pathOf(layout: TailnetLayout, id: string): string {
  return join(layout.instances, `${id}.json`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

/** @returns undefined where there is none: an instance can go while the list of them is read. */
function readInstance(path: string): InstanceState | undefined {
  try {
    const state = JSON.parse(readFileSync(path, "utf8")) as InstanceState;
    if ((state.version as number) === 1 && Array.isArray(state.processes)) return state;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UserError(
    `${path} is not the state of an instance, so that what it was made of is not known. End what is in its network namespace and remove both: ip netns delete k8s-test-TAILNET-ID; rm ${path}`,
  );
}
