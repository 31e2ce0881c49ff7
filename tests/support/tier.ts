import type { ClusterTier } from "../../sandbox/cluster/state";

/** The tier in which the suites run: the best that works, unless `SANDBOX_TIER` names one. */
export function tierOfSuites(): ClusterTier | "auto" {
  const tier = process.env["SANDBOX_TIER"] ?? "auto";
  if (tier === "auto" || tier === "cluster" || tier === "node") return tier;
  throw new Error(`SANDBOX_TIER is ${tier}; it can be auto, cluster or node.`);
}
