import { at, given, is } from "../inputs";
import type { ResourceRule } from "../rule";

/** The API of a cluster has no public address. */
export const apiPrivate: ResourceRule = {
  name: "api-private",
  demands: "The API of an EKS cluster is reached from its VPC alone.",
  why: "a public endpoint can be tried by everybody, with whatever hole is found next",
  allowed: "endpointPublicAccess false and endpointPrivateAccess true",
  mend: () => "set both so where the cluster is made: components/live/privateCluster.ts",
  cis: ["5.4.1", "5.4.2"],
  types: ["aws:eks/cluster:Cluster"],
  judge: ({ inputs }) => {
    const open = at(inputs, "vpcConfig.endpointPublicAccess");
    const own = at(inputs, "vpcConfig.endpointPrivateAccess");
    return [
      // EKS makes a public one unless told otherwise.
      ...(is(open, false) ? [] : [given("vpcConfig.endpointPublicAccess", open)]),
      ...(is(own, true) ? [] : [given("vpcConfig.endpointPrivateAccess", own)]),
    ];
  },
};
