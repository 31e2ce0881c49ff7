import { accessByEntries } from "../../../policy/rules/accessByEntries";
import { describeRule } from "../../support/policy";

const type = "aws:eks/cluster:Cluster";

describeRule(accessByEntries, {
  "rights by a ConfigMap as well": {
    type,
    path: "accessConfig.authenticationMode",
    value: "API_AND_CONFIG_MAP",
    found: 'accessConfig.authenticationMode is "API_AND_CONFIG_MAP"',
  },
  "rights of whoever made the cluster": {
    type,
    path: "accessConfig.bootstrapClusterCreatorAdminPermissions",
    value: true,
    found: "accessConfig.bootstrapClusterCreatorAdminPermissions is true",
  },
  "to say nothing of either, as EKS then gives both": {
    type,
    path: "accessConfig",
    found: [
      "accessConfig.authenticationMode is not set",
      "accessConfig.bootstrapClusterCreatorAdminPermissions is not set",
    ],
  },
});
