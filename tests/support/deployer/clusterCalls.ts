import { arn, look, make, named, own, type DeployerCall } from "./calls";
import { LAUNCH } from "./launch";
import { firstTime, pass, role } from "./passing";

const eks = (rest: string): string => arn("eks", rest);
const CLUSTER = eks("cluster/blue");
const NODES = eks("nodegroup/blue/live-nodes-1a2b3c4/00000000-1111");
const ADDON = eks("addon/blue/coredns/00000000-1111");
const ENTRY = eks("access-entry/blue/role/123456789012/ci/00000000-1111");
const ASSOCIATION = eks("podidentityassociation/blue/a-1111");
const EKS_TAGS = "TagResource UntagResource";

const LOGS = arn("logs", "log-group:/aws/eks/blue/cluster");
const FLOW_LOGS = arn("logs", "log-group:/aws/vpc/blue/flow-logs");
const KEY = arn("kms", "key/00000000-1111-2222-3333-444444444444");

/** What the cluster with its nodes, add-ons and access entries, its logs and its keys needs. */
export const clusterCalls: Readonly<Record<string, DeployerCall[]>> = {
  "eks.Cluster": [
    ...make("eks", "CreateCluster", "*"),
    ...named(
      "eks",
      `DeleteCluster DescribeCluster DescribeUpdate UpdateClusterConfig UpdateClusterVersion ${EKS_TAGS}`,
      CLUSTER,
    ),
    ...own("kms", "CreateGrant DescribeKey", KEY),
    ...pass("eks.amazonaws.com"),
    ...firstTime("eks.amazonaws.com"),
    ...look("ec2", "DescribeSecurityGroups DescribeSubnets DescribeVpcs"),
  ],
  "eks.NodeGroup": [
    ...named("eks", "CreateNodegroup", CLUSTER),
    ...named(
      "eks",
      `DeleteNodegroup DescribeNodegroup DescribeUpdate UpdateNodegroupConfig UpdateNodegroupVersion ${EKS_TAGS}`,
      NODES,
    ),
    ...look("ec2", "DescribeInstances DescribeSecurityGroups DescribeSubnets"),
    ...LAUNCH,
    ...pass("eks.amazonaws.com"),
    ...firstTime("eks-nodegroup.amazonaws.com"),
    ...firstTime("spot.amazonaws.com"),
    ...named(
      "iam",
      "GetRole",
      role("aws-service-role/eks-nodegroup.amazonaws.com/AWSServiceRoleForAmazonEKSNodegroup"),
      {},
      ["eks-nodegroup", "rds"],
    ),
  ],
  "eks.Addon": [
    ...named("eks", "CreateAddon CreatePodIdentityAssociation", CLUSTER),
    ...named("eks", `DeleteAddon DescribeAddon DescribeUpdate UpdateAddon ${EKS_TAGS}`, ADDON),
    ...named("eks", "CreateAddon DescribePodIdentityAssociation UpdateAddon", ASSOCIATION),
    ...pass("pods.eks.amazonaws.com"),
  ],
  "eks.AccessEntry": [
    ...named("eks", "CreateAccessEntry", CLUSTER),
    ...named("eks", `DeleteAccessEntry DescribeAccessEntry UpdateAccessEntry ${EKS_TAGS}`, ENTRY),
  ],
  "eks.AccessPolicyAssociation": named(
    "eks",
    "AssociateAccessPolicy DisassociateAccessPolicy ListAssociatedAccessPolicies",
    ENTRY,
  ),
  "eks.PodIdentityAssociation": [
    ...named("eks", "CreatePodIdentityAssociation", CLUSTER),
    ...named(
      "eks",
      `DeletePodIdentityAssociation DescribePodIdentityAssociation UpdatePodIdentityAssociation ${EKS_TAGS}`,
      ASSOCIATION,
    ),
    ...pass("pods.eks.amazonaws.com"),
  ],
  "cloudwatch.LogGroup": [
    ...[LOGS, `${LOGS}:*`, FLOW_LOGS, `${FLOW_LOGS}:*`].flatMap((group) =>
      named(
        "logs",
        "CreateLogGroup DeleteLogGroup DeleteRetentionPolicy ListTagsForResource PutRetentionPolicy TagResource UntagResource",
        group,
      ),
    ),
    ...look("logs", "DescribeLogGroups"),
  ],
  "kms.Key": [
    ...make("kms", "CreateKey", "*"),
    ...make("kms", "TagResource", KEY),
    ...own(
      "kms",
      "DescribeKey EnableKeyRotation GetKeyPolicy GetKeyRotationStatus ListResourceTags PutKeyPolicy ScheduleKeyDeletion TagResource UntagResource UpdateKeyDescription",
      KEY,
    ),
  ],
};
