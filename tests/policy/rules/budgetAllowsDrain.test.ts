import { budgetAllowsDrain } from "../../../policy/rules/budgetAllowsDrain";
import { describeRule } from "../../support/policy";

const type = "kubernetes:policy/v1:PodDisruptionBudget";

describeRule(budgetAllowsDrain, {
  "that no pod may go": {
    type,
    path: "spec.maxUnavailable",
    value: 0,
    found: "spec.maxUnavailable is 0",
  },
  "the same as a share": {
    type,
    path: "spec.maxUnavailable",
    value: "0%",
    found: 'spec.maxUnavailable is "0%"',
  },
  "a least number, which may be all there are": {
    type,
    of: "cloudflare",
    path: "spec.minAvailable",
    value: 1,
    found: "spec.minAvailable is 1",
  },
  "a pod that is ill to hold a drain up": {
    type,
    path: "spec.unhealthyPodEvictionPolicy",
    found: "spec.unhealthyPodEvictionPolicy is not set",
  },
});
