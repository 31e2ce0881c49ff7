import { actionsOf, allow, type PolicyStatement } from "../policyDocument";
import { arnOf, newlyOwn, own, unmarked, type DeployerScope } from "./deployerScope";

const TAG = "TagResource UntagResource";

/** The cluster with its nodes, add-ons and access entries, its logs and its keys. */
export function clusterRights(scope: DeployerScope): PolicyStatement[] {
  return [...eksRights(scope), ...logRights(scope), ...keyRights(scope)];
}

function eksRights(scope: DeployerScope): PolicyStatement[] {
  const eks = (rest: string): string => arnOf(scope, "eks", rest);
  const { clusterName } = scope;
  const of = (Sid: string, names: string, resource: string): PolicyStatement =>
    allow(Sid, actionsOf("eks", `${names} ${TAG}`), [eks(resource)]);
  return [
    // It takes no name: so it must be marked.
    allow("ClusterMake", ["eks:CreateCluster"], ["*"], newlyOwn(scope)),
    of("Cluster", CLUSTER, `cluster/${clusterName}`),
    of("Nodes", NODES, `nodegroup/${clusterName}/*/*`),
    of(
      "Addons",
      "DeleteAddon DescribeAddon DescribeUpdate UpdateAddon",
      `addon/${clusterName}/*/*`,
    ),
    of("AccessEntries", ACCESS, `access-entry/${clusterName}/*`),
    // Those of an add-on are made and changed as part of it.
    of("PodIdentities", POD_IDENTITIES, `podidentityassociation/${clusterName}/*`),
  ];
}

const CLUSTER = [
  "CreateAccessEntry CreateAddon CreateNodegroup CreatePodIdentityAssociation DeleteCluster",
  "DescribeCluster DescribeUpdate UpdateClusterConfig UpdateClusterVersion",
].join(" ");

const NODES = [
  "DeleteNodegroup DescribeNodegroup DescribeUpdate UpdateNodegroupConfig UpdateNodegroupVersion",
].join(" ");

const ACCESS = [
  "AssociateAccessPolicy DeleteAccessEntry DescribeAccessEntry DisassociateAccessPolicy",
  "ListAssociatedAccessPolicies UpdateAccessEntry",
].join(" ");

const POD_IDENTITIES = [
  "CreateAddon DeletePodIdentityAssociation DescribePodIdentityAssociation UpdateAddon",
  "UpdatePodIdentityAssociation",
].join(" ");

function logRights(scope: DeployerScope): PolicyStatement[] {
  const { clusterName } = scope;
  const groups = [`/aws/eks/${clusterName}/cluster`, `/aws/vpc/${clusterName}/flow-logs`];
  return [
    allow(
      "LogGroups",
      actionsOf(
        "logs",
        `CreateLogGroup DeleteLogGroup DeleteRetentionPolicy ListTagsForResource PutRetentionPolicy ${TAG}`,
      ),
      // Some calls name a group with a colon after it, some without.
      groups.flatMap((group) =>
        ["", ":*"].map((end) => arnOf(scope, "logs", `log-group:${group}${end}`)),
      ),
    ),
  ];
}

/** Keys have no names, so they go by their mark. */
function keyRights(scope: DeployerScope): PolicyStatement[] {
  const keys = [arnOf(scope, "kms", "key/*")];
  return [
    allow("KeysMake", ["kms:CreateKey"], ["*"], newlyOwn(scope)),
    allow("KeysMark", ["kms:TagResource"], keys, unmarked(scope)),
    allow("Keys", actionsOf("kms", `${KEYS} ${TAG}`), keys, own(scope)),
    // The router's secret is written, and compared, by way of SSM.
    allow("KeysBySsm", actionsOf("kms", "Decrypt Encrypt GenerateDataKey"), keys, {
      StringEquals: {
        ...own(scope)["StringEquals"],
        "kms:ViaService": `ssm.${scope.region}.amazonaws.com`,
      },
    }),
  ];
}

// EKS is given the use of its key by a grant; it does not say that it is AWS who is to have it.
const KEYS = [
  "CreateGrant DescribeKey EnableKeyRotation GetKeyPolicy GetKeyRotationStatus ListResourceTags",
  "PutKeyPolicy ScheduleKeyDeletion UpdateKeyDescription",
].join(" ");
