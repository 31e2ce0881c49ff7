/** Tag by which all that a live stack makes for a cluster is told from what it does not own. */
export const OWNER_TAG = "Cluster";

/** Tags of whatever of a live stack can be tagged. */
export function ownTags(clusterName: string): Record<string, string> {
  return { [OWNER_TAG]: clusterName, ManagedBy: "pulumi", Project: "k8s-test" };
}
