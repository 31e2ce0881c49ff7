import { at, given, listAt, UNKNOWN } from "../inputs";
import type { RegisteredResource, ResourceRule } from "../rule";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const CLUSTER = "aws:eks/cluster:Cluster";

/** Logs are written, and end. */
export const logRetention: ResourceRule = {
  name: "log-retention",
  demands: "Log groups have an end, and an EKS cluster writes who did what to one.",
  why: "without an end CloudWatch keeps and charges for ever; without an audit log nobody can look back",
  allowed: "retentionInDays above 0; audit and authenticator among enabledClusterLogTypes",
  mend: (stack) =>
    `say for how many days: pulumi config set --stack ${stack} --path live.cluster.logRetentionDays 90 (of flow logs: live.network.flowLogRetentionDays)`,
  types: [LOG_GROUP, CLUSTER],
  judge: (resource) => (resource.type === LOG_GROUP ? endless(resource) : silent(resource)),
};

function endless({ inputs }: RegisteredResource): string[] {
  const days = at(inputs, "retentionInDays");
  // For CloudWatch, 0 days are for ever.
  return days === undefined || days === 0 ? [given("retentionInDays", days)] : [];
}

function silent({ inputs }: RegisteredResource): string[] {
  if (at(inputs, "enabledClusterLogTypes") === UNKNOWN) return [];
  const written = listAt(inputs, "enabledClusterLogTypes");
  const missing = ["audit", "authenticator"].filter((type) => !written.includes(type));
  return missing.length === 0 ? [] : [`enabledClusterLogTypes is without ${missing.join(", ")}`];
}
