import { at, given, is } from "../inputs";
import type { ResourceRule } from "../rule";

/** Who has rights on a cluster can be read from its access entries, and nowhere else. */
export const accessByEntries: ResourceRule = {
  name: "access-by-entries",
  demands: "Rights on an EKS cluster come from access entries alone.",
  why: "a ConfigMap aws-auth, or the hidden rights of whoever made the cluster, are seen by nobody",
  allowed: "authenticationMode API and bootstrapClusterCreatorAdminPermissions false",
  mend: () => "set both so where the cluster is made: components/live/privateCluster.ts",
  cis: ["4.1.7", "5.5.1"],
  types: ["aws:eks/cluster:Cluster"],
  judge: ({ inputs }) => {
    const mode = at(inputs, "accessConfig.authenticationMode");
    const creator = at(inputs, "accessConfig.bootstrapClusterCreatorAdminPermissions");
    return [
      ...(is(mode, "API") ? [] : [given("accessConfig.authenticationMode", mode)]),
      // EKS gives them unless told otherwise.
      ...(is(creator, false)
        ? []
        : [given("accessConfig.bootstrapClusterCreatorAdminPermissions", creator)]),
    ];
  },
};
