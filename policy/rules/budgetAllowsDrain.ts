import { at, given, UNKNOWN, type Value } from "../inputs";
import type { ResourceRule } from "../rule";

/** A node can always be emptied. */
export const budgetAllowsDrain: ResourceRule = {
  name: "budget-allows-drain",
  demands: "A PodDisruptionBudget lets at least one pod go at any time.",
  why: "an upgrade of the nodes would wait for a pod that may never go, and fail",
  allowed: "maxUnavailable of at least 1, no minAvailable, unhealthyPodEvictionPolicy AlwaysAllow",
  mend: () =>
    "say maxUnavailable in place of minAvailable, as components/httpbin/httpbinApp.ts does",
  types: ["kubernetes:policy/v1:PodDisruptionBudget"],
  judge: ({ inputs }) => {
    const most = at(inputs, "spec.maxUnavailable");
    const least = at(inputs, "spec.minAvailable");
    const unhealthy = at(inputs, "spec.unhealthyPodEvictionPolicy");
    return [
      ...(least === undefined ? [] : [given("spec.minAvailable", least)]),
      ...(isAtLeastOne(most) ? [] : [given("spec.maxUnavailable", most)]),
      ...(unhealthy === UNKNOWN || unhealthy === "AlwaysAllow"
        ? []
        : [given("spec.unhealthyPodEvictionPolicy", unhealthy)]),
    ];
  },
};

/** A share of the pods, such as `10%`, is rounded up: anything above nothing is one. */
function isAtLeastOne(most: Value | undefined): boolean {
  if (most === UNKNOWN) return true;
  const least = typeof most === "string" ? Number.parseInt(most, 10) : most;
  return typeof least === "number" && least >= 1;
}
