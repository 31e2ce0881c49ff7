import type { ClusterState, ClusterTier } from "./state";

/** What a cluster is to have. */
export interface Asked {
  tier: ClusterTier | "auto";
  edge: boolean | "auto";
  /** Whether KEDA and Prometheus are needed; where they are not, a cluster may have them. */
  monitoring: boolean;
}

/**
 * What is asked for of a cluster that runs, and is not so there.
 *
 * @returns words such as "of tier node"; none where the cluster can be used as it is.
 */
export function otherThanAsked(
  has: Pick<ClusterState, "tier" | "edge" | "monitoring">,
  { tier, edge, monitoring }: Asked,
): string[] {
  const hasEdge = has.edge ?? false;
  const isTier = tier === "auto" || tier === has.tier;
  // Where nodes are simulated there is none, whatever is asked for.
  const isEdge = has.tier === "cluster" || edge === "auto" || edge === hasEdge;
  const isMonitoring = !monitoring || has.monitoring === true;
  return [
    ...(isTier ? [] : [`of tier ${tier}`]),
    ...(isEdge ? [] : [`${hasEdge ? "without" : "with"} an edge`]),
    ...(isMonitoring ? [] : ["with KEDA and Prometheus"]),
  ];
}
