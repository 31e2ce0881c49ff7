import { at, listAt, type Value } from "../inputs";
import type { ResourceRule } from "../rule";

/** Policies of AWS that a role may have: each is for one kind of service, and pulls images at most. */
const ALLOWED = [
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEKS_CNI_Policy",
  "AmazonEKSClusterPolicy",
  "AmazonEKSWorkerNodePolicy",
];

const ROLE = "aws:iam/role:Role";
const EXCLUSIVE = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive";
const OF_AWS = /^arn:[\w-]+:iam::aws:policy\/(?:[\w-]+\/)*([\w+=,.@-]+)$/;

/** Where several are named. */
const LISTS: Readonly<Record<string, string>> = {
  [ROLE]: "managedPolicyArns",
  [EXCLUSIVE]: "policyArns",
};

/** Policies that AWS keeps are wide: only those that have been looked at are used. */
export const managedPolicies: ResourceRule = {
  name: "managed-policies",
  demands: "Of the policies that AWS keeps, roles have only those that have been looked at.",
  why: "most of them are for everything of a service, and AWS adds to them; a node needs to pull only",
  allowed: ALLOWED.join(", "),
  mend: () =>
    "write a policy of the stack's own; or look at this one and add it to policy/rules/managedPolicies.ts",
  cis: ["5.1.3"],
  types: [
    ROLE,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
    EXCLUSIVE,
  ],
  judge: ({ type, inputs }) => {
    const list = LISTS[type];
    return list === undefined
      ? unknownPolicy("policyArn", at(inputs, "policyArn"))
      : listAt(inputs, list).flatMap((arn) => unknownPolicy(list, arn));
  },
};

function unknownPolicy(path: string, arn: Value | undefined): string[] {
  const [, policy] = OF_AWS.exec(typeof arn === "string" ? arn : "") ?? [];
  return policy === undefined || ALLOWED.includes(policy) ? [] : [`${path} has that of ${policy}`];
}
