import type { V2HorizontalPodAutoscaler } from "@kubernetes/client-node";

import { triggerOf } from "../metricWords";

/** KEDA's ScaledObject (`keda.sh/v1alpha1`), as far as it is looked at. */
export interface ScaledObject {
  spec?: {
    triggers?: { name?: string }[];
    fallback?: { replicas?: number; behavior?: string };
  };
  status?: {
    conditions?: { type: string; status: string }[];
    /** How the last reading of each metric went, by the autoscaler's name for it. */
    health?: Record<string, { status?: string }>;
  };
}

/** What metrics are called by whoever made them, by the autoscaler's names for them. */
export type MetricNames = Readonly<Record<string, string>>;

/** KEDA's name for the one metric that it makes of several by a formula. */
const FORMULA_METRIC = "composite-metric";
const NAME_LABEL = "scaledobject.keda.sh/name";

/** Name of the ScaledObject of which KEDA has made an autoscaler; undefined where it is none of KEDA's. */
export function scaledObjectNameOf({ metadata }: V2HorizontalPodAutoscaler): string | undefined {
  const owner = metadata?.ownerReferences?.find(
    ({ kind, apiVersion }) => kind === "ScaledObject" && apiVersion.startsWith("keda.sh/"),
  );
  return owner?.name ?? metadata?.labels?.[NAME_LABEL];
}

/** KEDA numbers metrics by their triggers, which may have names: "s2-prometheus" is of the third. */
export function namesInTriggers(
  metrics: readonly string[],
  { spec }: ScaledObject,
): Record<string, string> {
  return Object.fromEntries(
    metrics.flatMap((metric) => {
      const index = triggerOf(metric);
      const name = index === undefined ? undefined : spec?.triggers?.[index]?.name;
      return name === undefined || name === "" ? [] : [[metric, name]];
    }),
  );
}

/** Whether KEDA falls back for any metric. */
export function fallsBack({ status }: ScaledObject): boolean {
  return (
    status?.conditions?.some((one) => one.type === "Fallback" && one.status === "True") ?? false
  );
}

/**
 * Whether KEDA makes a metric up: it falls back, and has not read this one. What is made by a formula
 * of several has no health of its own.
 */
export function makesUp(scaledObject: ScaledObject | undefined, metric: string): boolean {
  if (scaledObject === undefined || !fallsBack(scaledObject)) return false;
  const health = scaledObject.status?.health?.[metric]?.status;
  return health === "Failing" || (health === undefined && metric === FORMULA_METRIC);
}

/** How many pods KEDA asks for while it falls back, in words. */
export function fallbackInWords({ spec }: ScaledObject): string {
  const { replicas = 0, behavior = "static" } = spec?.fallback ?? {};
  const fixed = String(replicas);
  const now = "as many pods as there are";
  const words: Record<string, string> = {
    static: `${fixed} pods`,
    currentReplicas: now,
    currentReplicasIfHigher: `${now}, and ${fixed} at least`,
    currentReplicasIfLower: `${now}, and ${fixed} at most`,
  };
  return words[behavior] ?? `what its behavior ${behavior} gives`;
}
