import { setTimeout as sleep } from "node:timers/promises";

import { UserError } from "../../host/userError";
import type { Engine } from "./engine";

/** Outputs of a stack that runs the app. */
export interface AppOutputs {
  url: string;
  namespace: string;
  serviceName: string;
  autoscalerName: string;
}

/** How long the app may take to answer and its use to be read, in milliseconds. */
const PATIENCE_MS = 90_000;
const POLL_MS = 1000;

export async function outputsOf(engine: Engine, stack: string): Promise<AppOutputs> {
  return JSON.parse(
    await engine.read(["stack", "output", "--json", "--stack", stack]),
  ) as AppOutputs;
}

/**
 * Asks the app itself, through the API server's proxy to its Service, so that it works from
 * wherever the API does.
 *
 * @returns the body of its answer to a path.
 */
export async function askApp(
  engine: Engine,
  { namespace, serviceName }: AppOutputs,
  path: string,
  signal?: AbortSignal,
): Promise<string> {
  const service = `/api/v1/namespaces/${namespace}/services/${serviceName}:http/proxy${path}`;
  return patiently<string>("httpbin has not answered", signal, async () => {
    const { ok, stdout, all } = await engine.kubectl(["get", "--raw", service]);
    return ok ? { value: stdout.trim() } : { why: all.trim() };
  });
}

/** What the autoscaler reads of the pods. */
export interface AutoscalerReading {
  replicas: number;
  /** Average use of cpu, in percent of the request. */
  cpuPercent: number;
  /** Average use of memory, as a quantity. */
  memory: string;
}

interface Autoscaler {
  status?: {
    currentReplicas?: number;
    currentMetrics?: {
      resource?: { name: string; current: { averageUtilization?: number; averageValue?: string } };
    }[];
    conditions?: { type: string; status: string; message?: string }[];
  };
}

/** Waits until the autoscaler reads both cpu and memory. */
export async function autoscalerReading(
  engine: Engine,
  { namespace, autoscalerName }: AppOutputs,
  signal?: AbortSignal,
): Promise<AutoscalerReading> {
  const args = ["get", "hpa", autoscalerName, "--namespace", namespace, "--output=json"];
  return patiently<AutoscalerReading>("The autoscaler reads no use", signal, async () => {
    const { ok, stdout, all } = await engine.kubectl(args);
    if (!ok) return { why: all.trim() };
    return readingOf(JSON.parse(stdout) as Autoscaler);
  });
}

/** What an autoscaler's status says, or why it says nothing. */
export function readingOf({ status }: Autoscaler): Attempt<AutoscalerReading> {
  const current = (name: string): { averageUtilization?: number; averageValue?: string } =>
    status?.currentMetrics?.find(({ resource }) => resource?.name === name)?.resource?.current ??
    {};
  const cpuPercent = current("cpu").averageUtilization;
  const memory = current("memory").averageValue;
  if (cpuPercent === undefined || memory === undefined) {
    const failed = status?.conditions?.find((condition) => condition.status === "False");
    return { why: failed?.message ?? "it has no metrics yet" };
  }
  return { value: { replicas: status?.currentReplicas ?? 0, cpuPercent, memory } };
}

type Attempt<T> = { value: T } | { why: string };

async function patiently<T>(
  failure: string,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Attempt<T>>,
): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const result = await attempt();
    if ("value" in result) return result.value;
    if (Date.now() > until) {
      const seconds = String(PATIENCE_MS / 1000);
      throw new UserError(`${failure} for ${seconds} s: ${result.why}`);
    }
    await sleep(POLL_MS, undefined, { ...(signal && { signal }) });
  }
}
