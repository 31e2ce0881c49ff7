import { ACCOUNT } from "../iam";
import { named, type DeployerCall } from "./calls";
import { pass, PREFIXES, role } from "./passing";

const PROFILE = `arn:aws:iam::${ACCOUNT}:instance-profile/live-tailnet-router-1a2b3c4`;

/** What the roles need. */
export const roleCalls: Readonly<Record<string, DeployerCall[]>> = {
  "iam.Role": named(
    "iam",
    "CreateRole DeleteRole GetRole ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies ListRoleTags TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription",
    role("live-x-1a2b3c4"),
    {},
    PREFIXES,
  ),
  "iam.RolePolicy": named(
    "iam",
    "DeleteRolePolicy GetRolePolicy PutRolePolicy",
    role("live-x-1a2b3c4"),
    {},
    PREFIXES,
  ),
  "iam.RolePolicyAttachment": [
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonEKSClusterPolicy",
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
  ].flatMap((policy) =>
    named(
      "iam",
      "AttachRolePolicy DetachRolePolicy",
      role("live-x-1a2b3c4"),
      { "iam:PolicyARN": `arn:aws:iam::aws:policy/${policy}` },
      PREFIXES,
    ),
  ),
  "iam.InstanceProfile": [
    ...named(
      "iam",
      "AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile GetInstanceProfile ListInstanceProfileTags RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile",
      PROFILE,
      {},
      ["live-", "red-"],
    ),
    ...pass("ec2.amazonaws.com"),
  ],
};
