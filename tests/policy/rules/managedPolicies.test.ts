import { strict as assert } from "node:assert";

import { managedPolicies } from "../../../policy/rules/managedPolicies";
import { describeRule, foundOf } from "../../support/policy";

const policyArn = {
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "live-nodes-AmazonEC2ContainerRegistryPullOnly",
  path: "policyArn",
} as const;

describeRule(
  managedPolicies,
  {
    everything: {
      ...policyArn,
      value: "arn:aws:iam::aws:policy/AdministratorAccess",
      found: "policyArn has that of AdministratorAccess",
    },
    "nodes that push images": {
      ...policyArn,
      value: "arn:aws-cn:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser",
      found: "policyArn has that of AmazonEC2ContainerRegistryPowerUser",
    },
    "one that a role has by itself": {
      type: "aws:iam/role:Role",
      name: "live-nodes",
      path: "managedPolicyArns",
      value: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"],
      found: "managedPolicyArns has that of AmazonS3FullAccess",
    },
    "a policy with a path": {
      ...policyArn,
      value: "arn:aws:iam::aws:policy/job-function/SystemAdministrator",
      found: "policyArn has that of SystemAdministrator",
    },
  },
  () => {
    const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
    for (const [kind, inputs] of [
      ["userPolicyAttachment:UserPolicyAttachment", { policyArn: ADMIN }],
      ["groupPolicyAttachment:GroupPolicyAttachment", { policyArn: ADMIN }],
      ["policyAttachment:PolicyAttachment", { policyArn: ADMIN }],
      ["rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", { policyArns: [ADMIN] }],
    ] as const) {
      it(`forbids everything by a ${kind}`, async () => {
        const [path = ""] = Object.keys(inputs);
        assert.deepEqual(await foundOf(managedPolicies, `aws:iam/${kind}`, inputs), [
          `${path} has that of AdministratorAccess`,
        ]);
      });
    }
  },
);
