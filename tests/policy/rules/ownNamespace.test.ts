import { ownNamespace } from "../../../policy/rules/ownNamespace";
import { describeRule } from "../../support/policy";

describeRule(ownNamespace, {
  "the default namespace": {
    type: "kubernetes:apps/v1:Deployment",
    of: "cloudflare",
    path: "metadata.namespace",
    value: "default",
    found: 'metadata.namespace is "default"',
  },
  "to say no namespace": {
    type: "kubernetes:core/v1:Service",
    path: "metadata.namespace",
    found: "metadata.namespace is not set",
  },
});
