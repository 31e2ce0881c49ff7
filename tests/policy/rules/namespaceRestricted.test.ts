import { namespaceRestricted } from "../../../policy/rules/namespaceRestricted";
import { describeRule } from "../../support/policy";

describeRule(namespaceRestricted, {
  "a namespace without labels": {
    type: "kubernetes:core/v1:Namespace",
    name: "home-cert-manager",
    of: "cloudflare",
    path: "metadata.labels",
    found: "pod-security.kubernetes.io/enforce is not set",
  },
  "one that only warns": {
    type: "kubernetes:core/v1:Namespace",
    path: "metadata.labels",
    value: {
      "pod-security.kubernetes.io/enforce": "baseline",
      "pod-security.kubernetes.io/warn": "restricted",
    },
    found: 'pod-security.kubernetes.io/enforce is "baseline"',
  },
});
