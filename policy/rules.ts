import type { Rule } from "./rule";
import { accessByEntries } from "./rules/accessByEntries";
import { accessEntryHasPolicy } from "./rules/accessEntryHasPolicy";
import { accessPolicyNarrow } from "./rules/accessPolicyNarrow";
import { apiPrivate } from "./rules/apiPrivate";
import { budgetAllowsDrain } from "./rules/budgetAllowsDrain";
import { clusterLogsEnd } from "./rules/clusterLogsEnd";
import { costTags } from "./rules/costTags";
import { disksEncrypted } from "./rules/disksEncrypted";
import { iamNarrow } from "./rules/iamNarrow";
import { imageByDigest } from "./rules/imageByDigest";
import { inboundNarrow } from "./rules/inboundNarrow";
import { ingressEncrypted } from "./rules/ingressEncrypted";
import { logRetention } from "./rules/logRetention";
import { managedPolicies } from "./rules/managedPolicies";
import { metadataService } from "./rules/metadataService";
import { namespaceRestricted } from "./rules/namespaceRestricted";
import { natPerZone } from "./rules/natPerZone";
import { networkPolicyEnabled } from "./rules/networkPolicyEnabled";
import { nodesPrivate } from "./rules/nodesPrivate";
import { noTailscaleKey } from "./rules/noTailscaleKey";
import { ownNamespace } from "./rules/ownNamespace";
import { podsHaveNetworkPolicy } from "./rules/podsHaveNetworkPolicy";
import { podsRestricted } from "./rules/podsRestricted";
import { replicasUnowned } from "./rules/replicasUnowned";
import { requestsAndLimits } from "./rules/requestsAndLimits";
import { rolesNarrow } from "./rules/rolesNarrow";
import { secretsAsFiles } from "./rules/secretsAsFiles";
import { secretsEncrypted } from "./rules/secretsEncrypted";
import { serviceAccountTokens } from "./rules/serviceAccountTokens";
import { upgradePolicyStandard } from "./rules/upgradePolicyStandard";

/** What no stack may do. */
export const RULES: readonly Rule[] = [
  // The cluster, and who has rights on it.
  apiPrivate,
  accessByEntries,
  accessEntryHasPolicy,
  accessPolicyNarrow,
  rolesNarrow,
  secretsEncrypted,
  networkPolicyEnabled,
  upgradePolicyStandard,
  // Instances, network, account.
  metadataService,
  disksEncrypted,
  nodesPrivate,
  inboundNarrow,
  natPerZone,
  iamNarrow,
  managedPolicies,
  noTailscaleKey,
  logRetention,
  clusterLogsEnd,
  costTags,
  // What runs on a cluster.
  podsRestricted,
  namespaceRestricted,
  ownNamespace,
  podsHaveNetworkPolicy,
  serviceAccountTokens,
  secretsAsFiles,
  requestsAndLimits,
  imageByDigest,
  replicasUnowned,
  budgetAllowsDrain,
  ingressEncrypted,
];
