import { isAlive } from "../cluster/processIdentity";
import { readInstances, type InstanceState } from "./fleet/instanceState";
import { readTailnet, tailnetLayout, type TailnetLayout, type TailnetState } from "./state";

/** How a tailnet is. */
export interface TailnetStatus {
  layout: TailnetLayout;
  state: TailnetState;
  /** Names of its processes that run no more. Instances are no part of it: they come and go. */
  ended: string[];
  /** Instances of its routers, in the order of their ids. */
  instances: InstanceState[];
  /** Whether it came up whole, and all of its processes run. */
  isWhole: boolean;
}

/** @returns how a tailnet is, or undefined where there is none. */
export async function tailnetStatus(name: string): Promise<TailnetStatus | undefined> {
  const layout = tailnetLayout(name);
  const state = readTailnet(layout);
  if (state === undefined) return undefined;
  const { processes } = state;
  const alive = await Promise.all(processes.map(isAlive));
  const ended = processes.filter((_, index) => alive[index] === false).map((one) => one.name);
  const isWhole = state.phase === "running" && ended.length === 0;
  return { layout, state, ended, instances: readInstances(layout), isWhole };
}
