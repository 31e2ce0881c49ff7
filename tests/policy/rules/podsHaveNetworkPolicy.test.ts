import { podsHaveNetworkPolicy } from "../../../policy/rules/podsHaveNetworkPolicy";
import { describeRule } from "../../support/policy";

const type = "kubernetes:apps/v1:Deployment";

describeRule(podsHaveNetworkPolicy, {
  "pods that no policy selects": {
    type,
    path: "spec.template.metadata.labels",
    value: { "app.kubernetes.io/name": "other" },
    found: "no policy for Ingress and Egress",
  },
  "pods in another namespace than their policy": {
    type,
    of: "cloudflare",
    path: "metadata.namespace",
    value: "other",
    found: "no policy for Ingress and Egress",
  },
});
