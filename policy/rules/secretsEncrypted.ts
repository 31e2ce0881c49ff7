import { at, given, listAt, UNKNOWN } from "../inputs";
import type { ResourceRule } from "../rule";

/** Secrets of a cluster are encrypted with a key of the account's own. */
export const secretsEncrypted: ResourceRule = {
  name: "secrets-encrypted",
  demands: "Secrets of an EKS cluster are encrypted with a KMS key of the account.",
  why: "only of a key of one's own can the use be limited, logged and ended",
  allowed: "an encryptionConfig with a key and the resource secrets",
  mend: () => "give the cluster its key where it is made: components/live/privateCluster.ts",
  cis: ["5.3.1"],
  types: ["aws:eks/cluster:Cluster"],
  judge: ({ inputs }) => {
    const config = at(inputs, "encryptionConfig");
    if (config === UNKNOWN) return [];
    if (config === undefined) return ["encryptionConfig is not set"];
    const key = at(config, "provider.keyArn");
    const resources = at(config, "resources");
    return [
      ...(key === undefined ? [given("encryptionConfig.provider.keyArn", key)] : []),
      ...(resources === UNKNOWN || listAt(config, "resources").includes("secrets")
        ? []
        : [given("encryptionConfig.resources", resources)]),
    ];
  },
};
