import { secretsEncrypted } from "../../../policy/rules/secretsEncrypted";
import { describeRule } from "../../support/policy";

const type = "aws:eks/cluster:Cluster";

describeRule(secretsEncrypted, {
  "Secrets under EKS' own key": {
    type,
    path: "encryptionConfig",
    found: "encryptionConfig is not set",
  },
  "an encryption without a key": {
    type,
    path: "encryptionConfig.provider",
    found: "encryptionConfig.provider.keyArn is not set",
  },
  "an encryption of nothing": {
    type,
    path: "encryptionConfig.resources",
    value: [],
    found: "encryptionConfig.resources is []",
  },
});
