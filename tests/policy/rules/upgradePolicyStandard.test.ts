import { upgradePolicyStandard } from "../../../policy/rules/upgradePolicyStandard";
import { describeRule } from "../../support/policy";

const type = "aws:eks/cluster:Cluster";

describeRule(upgradePolicyStandard, {
  "extended support": {
    type,
    path: "upgradePolicy.supportType",
    value: "EXTENDED",
    found: 'upgradePolicy.supportType is "EXTENDED"',
  },
  "to leave it to EKS, which extends": {
    type,
    path: "upgradePolicy",
    found: "upgradePolicy.supportType is not set",
  },
});
