import { logRetention } from "../../../policy/rules/logRetention";
import { describeRule } from "../../support/policy";

const group = { type: "aws:cloudwatch/logGroup:LogGroup", name: "live-cluster" } as const;

describeRule(logRetention, {
  "logs without an end": {
    ...group,
    path: "retentionInDays",
    found: "retentionInDays is not set",
  },
  "0 days, which are for ever": {
    ...group,
    path: "retentionInDays",
    value: 0,
    found: "retentionInDays is 0",
  },
  "flow logs without an end": {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "live-network-flow-logs",
    of: "live-with-everything",
    path: "retentionInDays",
    found: "retentionInDays is not set",
  },
  "a cluster that does not log who did what": {
    type: "aws:eks/cluster:Cluster",
    path: "enabledClusterLogTypes",
    value: ["api", "scheduler"],
    found: "enabledClusterLogTypes is without audit, authenticator",
  },
});
