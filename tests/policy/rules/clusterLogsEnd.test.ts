import { clusterLogsEnd } from "../../../policy/rules/clusterLogsEnd";
import { describeRule } from "../../support/policy";

describeRule(clusterLogsEnd, {
  "a cluster whose log group EKS would make": {
    type: "aws:eks/cluster:Cluster",
    path: "name",
    value: "other",
    found: "no log group /aws/eks/other/cluster",
  },
});
