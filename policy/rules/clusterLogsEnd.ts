import { listAt, textAt, UNKNOWN } from "../inputs";
import { ofType, type StackRule } from "../rule";

/** What a cluster logs goes to a group that the stack has made, and that log-retention has judged. */
export const clusterLogsEnd: StackRule = {
  name: "cluster-logs-end",
  demands: "The log group of an EKS cluster is made by the stack.",
  why: "else EKS makes it, without an end to what is kept, and leaves it behind",
  allowed: "a LogGroup with the name /aws/eks/CLUSTER/cluster",
  mend: () => "make it before the cluster, as components/live/privateCluster.ts does",
  judgeAll: (resources) => {
    const groups = ofType(resources, "aws:cloudwatch/logGroup:LogGroup");
    // One of these may turn out to be the cluster's.
    if (groups.some(({ inputs }) => inputs["name"] === UNKNOWN)) return [];
    const names = groups.map(({ inputs }) => textAt(inputs, "name"));
    return ofType(resources, "aws:eks/cluster:Cluster")
      .filter(({ inputs }) => listAt(inputs, "enabledClusterLogTypes").length > 0)
      .flatMap((resource) => {
        const cluster = textAt(resource.inputs, "name");
        const wanted = `/aws/eks/${cluster ?? ""}/cluster`;
        return cluster === undefined || names.includes(wanted)
          ? []
          : [{ resource, found: `no log group ${wanted}` }];
      });
  },
};
