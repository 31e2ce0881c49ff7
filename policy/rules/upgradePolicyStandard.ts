import { at, given, is } from "../inputs";
import type { ResourceRule } from "../rule";

/** A cluster is upgraded when its release ends, and does not slip into paid support. */
export const upgradePolicyStandard: ResourceRule = {
  name: "upgrade-policy-standard",
  demands: "The upgrade policy of an EKS cluster is STANDARD.",
  why: "in extended support, EKS' own default, a cluster costs six times as much by the hour",
  allowed: "upgradePolicy.supportType STANDARD",
  mend: () => "set it so where the cluster is made: components/live/privateCluster.ts",
  types: ["aws:eks/cluster:Cluster"],
  judge: ({ inputs }) => {
    const type = at(inputs, "upgradePolicy.supportType");
    return is(type, "STANDARD") ? [] : [given("upgradePolicy.supportType", type)];
  },
};
