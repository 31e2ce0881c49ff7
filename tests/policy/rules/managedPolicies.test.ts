import { managedPolicies } from "../../../policy/rules/managedPolicies";
import { describeRule } from "../../support/policy";

const policyArn = {
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "live-nodes-AmazonEC2ContainerRegistryPullOnly",
  path: "policyArn",
} as const;

describeRule(managedPolicies, {
  everything: {
    ...policyArn,
    value: "arn:aws:iam::aws:policy/AdministratorAccess",
    found: "policyArn is that of AdministratorAccess",
  },
  "nodes that push images": {
    ...policyArn,
    value: "arn:aws-cn:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser",
    found: "policyArn is that of AmazonEC2ContainerRegistryPowerUser",
  },
  "a policy with a path": {
    ...policyArn,
    value: "arn:aws:iam::aws:policy/job-function/SystemAdministrator",
    found: "policyArn is that of SystemAdministrator",
  },
});
