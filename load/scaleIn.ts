import type { V2HPAScalingRules, V2HorizontalPodAutoscaler } from "@kubernetes/client-node";

import { readingsOf } from "./watch/readings";

/** How often the autoscaler looks, in seconds: the default of kube-controller-manager. */
export const SYNC_SECONDS = 15;

/**
 * Until the end of a load is in what the autoscaler reads: use is told as an average between two
 * scrapes (15 s each in k3s and on EKS), so that the second after the load is the first without it.
 */
const READING_SECONDS = 2 * 15;

/** Kubernetes' own defaults, where an autoscaler says nothing: all pods at once after 5 minutes. */
const DEFAULT_WINDOW_SECONDS = 300;
const DEFAULT_POLICIES = [{ type: "Percent", value: 100, periodSeconds: 15 }] as const;

/** The longest that an autoscaler takes by its own rules, or why it never comes back. */
export type ScaleInTime = { seconds: number } | { never: string };

/**
 * How long an autoscaler may take from the end of a load until it asks for its minimum: until the
 * load is gone from what it reads, through its stabilization window, then step by step as its
 * policies allow. Where use that stays without load, such as memory, asks for more than the minimum
 * as long as all pods are there, that is one window more.
 *
 * @param autoscaler as it is at the end of the load.
 * @param from number of pods then.
 */
export function scaleInTime(autoscaler: V2HorizontalPodAutoscaler, from: number): ScaleInTime {
  const { spec } = autoscaler;
  const to = spec?.minReplicas ?? 1;
  const rules = spec?.behavior?.scaleDown;
  if (rules?.selectPolicy === "Disabled") return { never: "its scale-in is disabled" };
  const window = rules?.stabilizationWindowSeconds ?? DEFAULT_WINDOW_SECONDS;
  let seconds = READING_SECONDS + SYNC_SECONDS;
  for (let pods = from; pods > to;) {
    const next = Math.max(to, Math.min(pods - 1, askedAtRest(autoscaler, pods)));
    const steps = stepsBetween(pods, next, rules);
    if (steps === undefined) return { never: "its policies for scale-in let no pod go" };
    seconds += window + steps;
    pods = next;
  }
  return { seconds };
}

/** Pods that memory asks for where there are so many, and each keeps what it has now. */
function askedAtRest(autoscaler: V2HorizontalPodAutoscaler, pods: number): number {
  const memory = readingsOf(autoscaler).filter(({ unit }) => unit === "MiB");
  return Math.max(1, ...memory.map(({ current, target }) => Math.ceil((pods * current) / target)));
}

/** Seconds that the steps take; undefined where none leads on. */
function stepsBetween(
  from: number,
  to: number,
  rules: V2HPAScalingRules | undefined,
): number | undefined {
  const policies = rules?.policies?.length ? rules.policies : DEFAULT_POLICIES;
  const most = rules?.selectPolicy !== "Min";
  /** Each step so far. */
  const taken: { at: number; pods: number }[] = [];
  let pods = from;
  const longest = Math.max(...policies.map(({ periodSeconds }) => periodSeconds));
  // Where nothing has happened within the longest period, nothing more will.
  for (let at = 0; pods > to; at += SYNC_SECONDS) {
    const allowed = policies.map(({ type, value, periodSeconds }) => {
      const recent = taken.filter((step) => step.at > at - periodSeconds);
      const then = pods + recent.reduce((sum, step) => sum + step.pods, 0);
      // Rounded down, as the controller does.
      const kept = type === "Pods" ? then - value : Math.trunc(then * (1 - value / 100));
      return Math.max(0, pods - kept);
    });
    const step = Math.min(pods - to, most ? Math.max(...allowed) : Math.min(...allowed));
    if (step > 0) {
      taken.push({ at, pods: step });
      pods -= step;
      // A look that comes a moment before a period is over changes nothing: the next one does.
      if (pods === to) return at + (taken.length - 1) * SYNC_SECONDS;
    }
    const last = taken.at(-1)?.at ?? 0;
    if (at - last > longest + SYNC_SECONDS) return undefined;
  }
  return 0;
}
