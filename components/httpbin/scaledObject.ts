import type * as pulumi from "@pulumi/pulumi";

import { withDefaults } from "../defaults";
import type { Problem } from "../problem";
import { AUTOSCALING_DEFAULTS, autoscalerSpec, type AutoscalingArgs } from "./autoscaling";
import type { RequestsTrigger } from "./requestsTrigger";

/** Requests per second that an app scales on, beside cpu and memory. */
export interface RequestsPerSecondArgs {
  /** Requests per second and pod that are aimed at: a whole number, at least 1. */
  target: number;

  /**
   * Failed readings after which KEDA says that it falls back. The number of pods is held from the
   * first one on; from 0 to 100. @default 3
   */
  failureThreshold?: number;
}

export const REQUESTS_DEFAULTS = { failureThreshold: 3 };

/** Greatest target: no pod of httpbin comes near it (docs/benchmark.md). */
export const MOST_REQUESTS = 10_000;

/** KEDA's own name for the autoscaler that it makes of a ScaledObject; never that of the app's own. */
export function kedaAutoscalerName(scaledObject: string): string {
  return `keda-hpa-${scaledObject}`;
}

export interface ScaledObjectArgs {
  /** Name of the ScaledObject. */
  name: string;
  /** Deployment that is scaled. */
  deployment: pulumi.Input<string>;
  autoscaling: AutoscalingArgs;
  requests: RequestsPerSecondArgs;
  trigger: RequestsTrigger;
  /** TriggerAuthentication of the trigger. @default it has none */
  authentication?: pulumi.Input<string>;
}

/**
 * Spec of KEDA's ScaledObject (`keda.sh/v1alpha1`) that scales as the app's own autoscaler does, and
 * on requests per second as well. The highest proposal wins.
 */
export function scaledObjectSpec(args: ScaledObjectArgs): Record<string, unknown> {
  const { name, deployment, autoscaling, trigger, authentication } = args;
  const requests = withDefaults<typeof REQUESTS_DEFAULTS, RequestsPerSecondArgs>(
    REQUESTS_DEFAULTS,
    args.requests,
  );
  const own = autoscalerSpec(deployment, autoscaling);
  return {
    scaleTargetRef: own.scaleTargetRef,
    minReplicaCount: own.minReplicas,
    maxReplicaCount: own.maxReplicas,
    // With the metric gone the trigger asks for as many pods as there are. So none is taken away, and
    // cpu and memory may still add some. The number is not used by this behavior, but must be there,
    // and above 0.
    fallback: {
      failureThreshold: requests.failureThreshold,
      replicas: own.minReplicas,
      behavior: "currentReplicas",
    },
    advanced: {
      // The pods stay as many as they are where the ScaledObject goes.
      restoreToOriginalReplicaCount: false,
      horizontalPodAutoscalerConfig: { name: kedaAutoscalerName(name), behavior: own.behavior },
    },
    triggers: [
      ...resourceTriggers(autoscaling),
      {
        type: trigger.type,
        name: "requests-per-second",
        // Of all pods together: what each has to take is the sum shared among them.
        metricType: "AverageValue",
        metadata: {
          ...trigger.metadata,
          [trigger.targetKey]: String(requests.target * trigger.valuePerRequest),
        },
        ...(authentication !== undefined && { authenticationRef: { name: authentication } }),
      },
    ],
  };
}

/** KEDA's triggers for cpu and memory: it writes the very metrics of `autoscalerSpec` for them. */
function resourceTriggers(args: AutoscalingArgs): object[] {
  const { cpuTarget, memoryTarget } = withDefaults<typeof AUTOSCALING_DEFAULTS, AutoscalingArgs>(
    AUTOSCALING_DEFAULTS,
    args,
  );
  return [
    { type: "cpu", metricType: "Utilization", metadata: { value: String(cpuTarget) } },
    { type: "memory", metricType: "AverageValue", metadata: { value: memoryTarget } },
  ];
}

/** What is wrong with scaling on requests per second. */
export function requestsProblems(
  { requestsPerSecond: requests, extraMetrics = [] }: AutoscalingArgs,
  hasTrigger: boolean,
): Problem[] {
  if (requests === undefined) return [];
  const { target, failureThreshold = REQUESTS_DEFAULTS.failureThreshold } = requests;
  const problems: Problem[] = [];
  const problem = (name: string, given: unknown, allowed: string, suggestion: number): void => {
    const key = `autoscaling.requestsPerSecond.${name}`;
    problems.push({ key, given: String(given), allowed, suggestion });
  };
  if (!isWhole(target, 1, MOST_REQUESTS)) {
    problem("target", target, `a whole number from 1 to ${String(MOST_REQUESTS)}`, 20);
  }
  if (!isWhole(failureThreshold, 0, 100)) {
    const suggestion = REQUESTS_DEFAULTS.failureThreshold;
    problem("failureThreshold", failureThreshold, "a whole number from 0 to 100", suggestion);
  }
  if (!hasTrigger) {
    problems.push({
      key: "autoscaling.requestsPerSecond",
      given: "a target, and no requestsTrigger",
      allowed: "both, as KEDA has to know where requests are counted",
    });
  }
  if (extraMetrics.length > 0) {
    problems.push({
      key: "autoscaling.extraMetrics",
      given: `${String(extraMetrics.length)} with requestsPerSecond`,
      allowed: "none with requestsPerSecond, as KEDA's autoscaler has the metrics of its triggers",
    });
  }
  return problems;
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
