import { actionsOf, allow, type PolicyStatement } from "../policyDocument";
import type { DeployerScope } from "./deployerScope";

/** Policies of AWS' own that the stack's roles have. */
const MANAGED = [
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEKSClusterPolicy",
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
];

/** Services that the stack's roles are for. */
const SERVICES = [
  "ec2.amazonaws.com",
  "eks.amazonaws.com",
  "pods.eks.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
];

/** Services whose own roles are made the first time that an account uses them. */
const FIRST_TIME = [
  "autoscaling.amazonaws.com",
  "eks-nodegroup.amazonaws.com",
  "eks.amazonaws.com",
  "spot.amazonaws.com",
];

/** The stack's roles: made, given their rights, and handed to the services that they are for. */
export function roleRights(scope: DeployerScope): PolicyStatement[] {
  const { partition, accountId, platformName, deployerRole } = scope;
  const iam = (rest: string): string => `arn:${partition}:iam::${accountId}:${rest}`;
  const roles = [iam(`role/${platformName}-*`)];
  return [
    allow("Roles", actionsOf("iam", ROLES), roles),
    allow("RolesGetManagedPolicies", actionsOf("iam", ATTACH), roles, {
      ArnEquals: {
        "iam:PolicyARN": MANAGED.map((policy) => `arn:${partition}:iam::aws:policy/${policy}`),
      },
    }),
    allow("RolesPass", ["iam:PassRole"], roles, {
      StringEquals: { "iam:PassedToService": SERVICES },
    }),
    allow("InstanceProfiles", actionsOf("iam", PROFILES), [
      iam(`instance-profile/${platformName}-*`),
    ]),
    allow("ServicesFirstTime", ["iam:CreateServiceLinkedRole"], [iam("role/aws-service-role/*")], {
      StringEquals: { "iam:AWSServiceName": FIRST_TIME },
    }),
    // EKS asks on behalf of who calls whether its own role is there; the stack asks who deploys.
    allow(
      "RolesLookUp",
      ["iam:GetRole"],
      [iam("role/aws-service-role/eks*"), iam(`role/${deployerRole}`)],
    ),
  ];
}

const ROLES = [
  "CreateRole DeleteRole DeleteRolePolicy GetRole GetRolePolicy ListAttachedRolePolicies",
  "ListInstanceProfilesForRole ListRolePolicies ListRoleTags PutRolePolicy TagRole UntagRole",
  "UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription",
].join(" ");

const ATTACH = "AttachRolePolicy DetachRolePolicy";

const PROFILES = [
  "AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile GetInstanceProfile",
  "ListInstanceProfileTags RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile",
].join(" ");
