import { replicasUnowned } from "../../../policy/rules/replicasUnowned";
import { describeRule } from "../../support/policy";

const type = "kubernetes:apps/v1:Deployment";

describeRule(replicasUnowned, {
  "a number beside the autoscaler's": {
    type,
    path: "spec.replicas",
    value: 3,
    found: "spec.replicas is 3",
  },
  "the same at home": {
    type,
    of: "cloudflare",
    path: "spec.replicas",
    value: 1,
    found: "spec.replicas is 1",
  },
});
