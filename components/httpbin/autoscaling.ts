import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { withDefaults } from "../defaults";
import type { Problem } from "../problem";
import { memoryTargetProblems } from "./memoryTarget";
import { MEMORY_ALLOWED, parseMemory } from "./quantity";
import type { RequestsPerSecondArgs } from "./scaledObject";

type Hpa = kubernetes.types.input.autoscaling.v2.HorizontalPodAutoscalerSpec;
type MetricSpec = kubernetes.types.input.autoscaling.v2.MetricSpec;
type Behavior = kubernetes.types.input.autoscaling.v2.HorizontalPodAutoscalerBehavior;

/** When and how far the number of pods follows the load. */
export interface AutoscalingArgs {
  /** Least number of pods. @default 1 */
  minReplicas?: number;

  /** Greatest number of pods. @default 4 */
  maxReplicas?: number;

  /** Average cpu use that is aimed at, in percent of the cpu request. @default 50 */
  cpuTarget?: number;

  /**
   * Average memory use per pod that is aimed at, in bytes, as a quantity. @default "204Mi": four
   * times the 51 MiB of a pod after a load, so that four pods at rest are worth one
   */
  memoryTarget?: string;

  /**
   * Memory that a pod uses at rest after a load, in bytes, as a quantity. The memory target must be
   * far enough above it for the pods to come back to the minimum. @default "56Mi": the image's
   * measured 51 MiB after a load, and some room
   */
  idleMemory?: string;

  /**
   * Seconds for which the highest of the recent recommendations is kept before pods are taken
   * away. @default 120
   */
  scaleDownStabilizationSeconds?: number;

  /**
   * Requests per second to scale on as well. Needs KEDA on the cluster, whose ScaledObject then stands
   * in the autoscaler's place. @default cpu and memory alone
   */
  requestsPerSecond?: RequestsPerSecondArgs;

  /** More metrics to scale on, of the cluster's own. The highest proposal wins. @default none */
  extraMetrics?: MetricSpec[];
}

export const AUTOSCALING_DEFAULTS = {
  minReplicas: 1,
  maxReplicas: 4,
  cpuTarget: 50,
  memoryTarget: "204Mi",
  idleMemory: "56Mi",
  scaleDownStabilizationSeconds: 120,
} satisfies AutoscalingArgs;

type Defaults = typeof AUTOSCALING_DEFAULTS;

/** The autoscaler of a Deployment. */
export function autoscalerSpec(deployment: pulumi.Input<string>, args: AutoscalingArgs): Hpa {
  const scaling = withDefaults<Defaults, AutoscalingArgs>(AUTOSCALING_DEFAULTS, args);
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
    minReplicas: scaling.minReplicas,
    maxReplicas: scaling.maxReplicas,
    metrics: [
      resourceMetric("cpu", { type: "Utilization", averageUtilization: scaling.cpuTarget }),
      resourceMetric("memory", { type: "AverageValue", averageValue: scaling.memoryTarget }),
      ...(scaling.extraMetrics ?? []),
    ],
    behavior: behavior(scaling.maxReplicas, scaling.scaleDownStabilizationSeconds),
  };
}

function resourceMetric(
  name: string,
  target: kubernetes.types.input.autoscaling.v2.MetricTarget,
): MetricSpec {
  return { type: "Resource", resource: { name, target } };
}

/**
 * Out: at once, and as far as the metrics ask (the default doubles every 15 s, which takes home
 * from 1 to 4 in two steps more). In: one pod at a time once the load has been gone for a while, so
 * that a pause between two waves does not cost the pods of the next.
 */
function behavior(maxReplicas: number, scaleDownStabilizationSeconds: number): Behavior {
  return {
    scaleUp: {
      stabilizationWindowSeconds: 0,
      selectPolicy: "Max",
      policies: [{ type: "Pods", value: maxReplicas, periodSeconds: 15 }],
    },
    scaleDown: {
      stabilizationWindowSeconds: scaleDownStabilizationSeconds,
      selectPolicy: "Max",
      policies: [{ type: "Pods", value: 1, periodSeconds: 15 }],
    },
  };
}

/**
 * What is wrong with autoscaling arguments, and with the memory limit where it leaves no room for a
 * memory target; `memoryLimit` is that of the container.
 */
export function autoscalingProblems(args: AutoscalingArgs, memoryLimit: string): Problem[] {
  const { minReplicas, maxReplicas, cpuTarget, memoryTarget, idleMemory, ...rest } = withDefaults<
    Defaults,
    AutoscalingArgs
  >(AUTOSCALING_DEFAULTS, args);
  const problems: Problem[] = [];
  const problem = (
    key: keyof AutoscalingArgs,
    given: string | number,
    allowed: string,
    suggestion: string | number = AUTOSCALING_DEFAULTS[key as keyof Defaults],
  ): void => {
    problems.push({ key: `autoscaling.${key}`, given: String(given), allowed, suggestion });
  };

  if (!atLeast(1, minReplicas)) {
    problem("minReplicas", minReplicas, "a whole number of at least 1");
  }
  if (!atLeast(1, maxReplicas)) {
    problem("maxReplicas", maxReplicas, "a whole number of at least 1");
  } else if (maxReplicas < minReplicas) {
    const allowed = `at least minReplicas, which is ${String(minReplicas)}`;
    problem("maxReplicas", maxReplicas, allowed, minReplicas);
  }
  if (!atLeast(1, cpuTarget)) {
    problem("cpuTarget", cpuTarget, "a whole number of percent, at least 1");
  }
  const window = rest.scaleDownStabilizationSeconds;
  if (!atLeast(0, window) || window > 3600) {
    problem("scaleDownStabilizationSeconds", window, "a whole number of seconds from 0 to 3600");
  }

  if (parseMemory(memoryTarget) === undefined) {
    problem("memoryTarget", memoryTarget, MEMORY_ALLOWED);
  }
  if (parseMemory(idleMemory) === undefined) problem("idleMemory", idleMemory, MEMORY_ALLOWED);
  problems.push(...memoryTargetProblems({ memoryTarget, idleMemory, memoryLimit, minReplicas }));
  return problems;
}

function atLeast(least: number, value: number): boolean {
  return Number.isInteger(value) && value >= least;
}
