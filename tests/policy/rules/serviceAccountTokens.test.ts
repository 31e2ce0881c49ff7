import { serviceAccountTokens } from "../../../policy/rules/serviceAccountTokens";
import { describeRule } from "../../support/policy";

const POD = "spec.template.spec";
const deployment = { type: "kubernetes:apps/v1:Deployment" } as const;

describeRule(serviceAccountTokens, {
  "the account that every pod has": {
    ...deployment,
    path: `${POD}.serviceAccountName`,
    value: "default",
    found: 'serviceAccountName is "default"',
  },
  "to name no account": {
    ...deployment,
    path: `${POD}.serviceAccountName`,
    found: "serviceAccountName is not set",
  },
  "a token in the pod": {
    ...deployment,
    path: `${POD}.automountServiceAccountToken`,
    found: "automountServiceAccountToken is not set",
  },
  "an account that hands tokens out": {
    type: "kubernetes:core/v1:ServiceAccount",
    path: "automountServiceAccountToken",
    value: true,
    found: "automountServiceAccountToken is true",
  },
});
