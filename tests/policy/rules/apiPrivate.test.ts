import { apiPrivate } from "../../../policy/rules/apiPrivate";
import { describeRule } from "../../support/policy";

const type = "aws:eks/cluster:Cluster";

describeRule(apiPrivate, {
  "a public endpoint": {
    type,
    path: "vpcConfig.endpointPublicAccess",
    value: true,
    found: "vpcConfig.endpointPublicAccess is true",
  },
  "to say nothing of one, as EKS then makes it": {
    type,
    path: "vpcConfig.endpointPublicAccess",
    found: "vpcConfig.endpointPublicAccess is not set",
  },
  "to have no private one": {
    type,
    path: "vpcConfig.endpointPrivateAccess",
    value: false,
    found: "vpcConfig.endpointPrivateAccess is false",
  },
});
