import { setTimeout as sleep } from "node:timers/promises";

import type { V2HorizontalPodAutoscaler } from "@kubernetes/client-node";

import { UserError } from "../../host/userError";
import type { Cluster } from "../cluster/cluster";

const METRICS_API = "/apis/metrics.k8s.io/v1beta1";

/** How long pods that have just started may take until their use is known, in milliseconds. */
const PATIENCE_MS = 60_000;
const POLL_MS = 1000;

/** What keeps an autoscaler from ever showing anything; undefined where nothing does. */
export function rangeProblem({ metadata, spec }: V2HorizontalPodAutoscaler): string | undefined {
  const { minReplicas = 1, maxReplicas = 1 } = spec ?? {};
  if (maxReplicas > minReplicas) return undefined;
  return `The autoscaler ${metadata?.name ?? ""} cannot scale: its minReplicas and its maxReplicas are both ${String(maxReplicas)}. Set maxReplicas above minReplicas.`;
}

/** Why load would show nothing now. */
export function sizeProblem({
  metadata,
  spec,
  status,
}: V2HorizontalPodAutoscaler): string | undefined {
  const { minReplicas = 1, maxReplicas = 1 } = spec ?? {};
  const { currentReplicas = 0, desiredReplicas = 0 } = status ?? {};
  if (Math.max(currentReplicas, desiredReplicas) < maxReplicas) return undefined;
  return `The autoscaler ${metadata?.name ?? ""} is at its maximum of ${String(maxReplicas)} pods before any load, so that nothing can be seen of it. Wait until it is back at ${String(minReplicas)} (kubectl get hpa -n ${metadata?.namespace ?? ""} --watch), then run the command again.`;
}

/** What an autoscaler scales on that load on the Service is no part of; undefined where that is nothing. */
export function uncountedWarning(
  { metadata, spec }: V2HorizontalPodAutoscaler,
  through: "service" | "ingress",
): string | undefined {
  const names = (spec?.metrics ?? []).flatMap(({ external }) => external?.metric.name ?? []);
  if (through === "ingress" || names.length === 0) return undefined;
  return `The autoscaler ${metadata?.name ?? ""} also reads ${names.join(", ")}, which comes from outside of the pods, as KEDA has requests per second from the ingress. This load goes to the Service, where nobody counts it: to have the app scale on requests, give --through ingress.`;
}

/** @throws UserError where an autoscaler of cpu or memory has nobody to tell it of them. */
export async function checkMetricsApi(
  cluster: Cluster,
  { spec }: V2HorizontalPodAutoscaler,
): Promise<void> {
  const kinds = (spec?.metrics ?? []).map(({ type }) => type);
  if (!kinds.some((kind) => kind === "Resource" || kind === "ContainerResource")) return;
  const end = new AbortController();
  const { statusCode = 0 } = await cluster.open(METRICS_API, end.signal).finally(() => {
    end.abort();
  });
  // One that only may not be looked at is there.
  if (statusCode === 200 || statusCode === 403) return;
  const what =
    statusCode === 404
      ? "The cluster has no metrics API"
      : `The cluster's metrics API does not answer (status ${String(statusCode)})`;
  throw new UserError(
    `${what}, so that no autoscaler can read cpu or memory. Install metrics-server, or see why it does not run: kubectl describe apiservice v1beta1.metrics.k8s.io`,
  );
}

/**
 * Waits until an autoscaler reads its metrics.
 *
 * @throws UserError with its own reason, where it does not for a minute.
 */
export async function untilActive(
  cluster: Cluster,
  { namespace, autoscaler: name }: { namespace: string; autoscaler: string },
  { signal, say }: { signal?: AbortSignal; say: (line: string) => void },
): Promise<V2HorizontalPodAutoscaler> {
  const until = Date.now() + PATIENCE_MS;
  for (let isFirst = true; ; isFirst = false) {
    const autoscaler = await cluster.autoscaling.readNamespacedHorizontalPodAutoscaler({
      namespace,
      name,
    });
    const problem = activeProblem(autoscaler);
    if (problem === undefined) return autoscaler;
    if (problem.isFinal || Date.now() > until) throw new UserError(problem.text);
    if (isFirst) say(`Waiting until the autoscaler ${name} reads its metrics, for up to a minute.`);
    await sleep(POLL_MS, undefined, { ...(signal && { signal }) }).catch(() => undefined);
    signal?.throwIfAborted();
  }
}

/** Why an autoscaler does not work now, and whether waiting is of no use. */
export function activeProblem({
  metadata,
  status,
}: V2HorizontalPodAutoscaler): { text: string; isFinal: boolean } | undefined {
  const { name = "", namespace = "" } = metadata ?? {};
  const conditions = status?.conditions ?? [];
  const able = conditions.find(({ type }) => type === "AbleToScale");
  const active = conditions.find(({ type }) => type === "ScalingActive");
  if (active?.status === "True") return undefined;
  const said = [able, active].find((condition) => condition?.status === "False");
  const reason = said?.reason ?? "it has not looked yet";
  const message = said?.message === undefined ? "" : `: ${said.message}`;
  return {
    text: `The autoscaler ${name} does not scale (${reason}${message}). See: kubectl describe hpa ${name} -n ${namespace}`,
    // Nothing about the pods that a little time would change.
    isFinal:
      reason === "ScalingDisabled" ||
      reason === "FailedGetScale" ||
      (said?.message?.includes("missing request for") ?? false),
  };
}
