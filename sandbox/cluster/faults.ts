import { UserError } from "../../host/userError";
import { ApiClient } from "./apiClient";
import { signalGroup, spawn, stopProcess } from "./processes";
import { isAlive } from "./processIdentity";
import { until } from "./readiness";
import { clusterLayout, readState, writeState, type ProcessRecord } from "./state";
import { isReady } from "./readiness";
import { serverUrl } from "./topology";

/**
 * Sends a signal to one process of a cluster, to see what happens then: SIGSTOP and SIGCONT make it
 * deaf for a while, SIGKILL is a crash.
 *
 * @throws UserError where the cluster or the process is not there.
 */
export async function signalComponent(
  name: string,
  component: string,
  signal: NodeJS.Signals,
): Promise<void> {
  const record = await find(name, component);
  if (!(await isAlive(record))) throw new UserError(`${component} of "${name}" has ended already.`);
  signalGroup(record.pid, signal);
}

/** Ends one process of a cluster for good, as if it had crashed. */
export async function killComponent(name: string, component: string): Promise<void> {
  await stopProcess(await find(name, component), ["SIGKILL"]);
}

/** Starts a process of a cluster again, as it was started; waits until the API server is ready. */
export async function restartComponent(name: string, component: string): Promise<void> {
  const layout = clusterLayout(name);
  await killComponent(name, component);
  const before = await find(name, component);
  const { record } = await spawn(component, before.command, layout);
  const state = await readState(layout);
  if (state === undefined) throw new UserError(`There is no cluster "${name}".`);
  state.processes = state.processes.map((one) => (one.name === component ? record : one));
  writeState(layout, state);
  const url = serverUrl(state.topology);
  const api = await ApiClient.of(layout, url);
  await until("the API server is ready again", () => isReady({ url: `${url}/readyz` }, api));
}

async function find(name: string, component: string): Promise<ProcessRecord> {
  const state = await readState(clusterLayout(name));
  if (state === undefined) throw new UserError(`There is no cluster "${name}".`);
  const record = state.processes.find((process) => process.name === component);
  if (record !== undefined) return record;
  const names = state.processes.map((process) => process.name).join(", ");
  throw new UserError(`Cluster "${name}" has no process ${component}. It has ${names}.`);
}
