import { networkPolicyEnabled } from "../../../policy/rules/networkPolicyEnabled";
import { describeRule } from "../../support/policy";

const addon = { type: "aws:eks/addon:Addon", name: "live-node-addons-vpc-cni" } as const;

describeRule(networkPolicyEnabled, {
  "a VPC CNI that lets everything through": {
    ...addon,
    path: "configurationValues",
    value: '{"enableNetworkPolicy":"false"}',
    found: 'enableNetworkPolicy is "false"',
  },
  "one as EKS has it": {
    ...addon,
    path: "configurationValues",
    found: "enableNetworkPolicy is not set",
  },
});
