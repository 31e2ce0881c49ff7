import { at, textAt, UNKNOWN, type Values } from "../inputs";
import { ofType, type StackRule } from "../rule";

/** Types of entries that have their rights from EKS, for nodes; the others have none of their own. */
const OF_NODES = ["EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX"];

/** An access entry comes with a policy that says what it is for. */
export const accessEntryHasPolicy: StackRule = {
  name: "access-entry-has-policy",
  demands: "Each access entry of an EKS cluster has a policy of EKS, and no Kubernetes groups.",
  why: "without a policy an entry gives no rights, or such as a group is given out of sight",
  allowed: "an AccessPolicyAssociation for the same cluster and principal, no kubernetesGroups",
  mend: () => "make the entry by ClusterAccess, which makes both: components/live/clusterAccess.ts",
  cis: ["5.5.1"],
  judgeAll: (resources) => {
    const granted = ofType(
      resources,
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    ).map(({ inputs }) => inputs);
    return ofType(resources, "aws:eks/accessEntry:AccessEntry")
      .filter(({ inputs }) => !OF_NODES.includes(textAt(inputs, "type") ?? ""))
      .flatMap((resource) => {
        const groups = at(resource.inputs, "kubernetesGroups");
        return [
          ...(granted.some((one) => isSamePrincipal(one, resource.inputs))
            ? []
            : [
                {
                  resource,
                  found: `no policy for ${textAt(resource.inputs, "principalArn") ?? "its principal"}`,
                },
              ]),
          ...(Array.isArray(groups) && groups.length > 0
            ? [{ resource, found: `kubernetesGroups is ${JSON.stringify(groups)}` }]
            : []),
        ];
      });
  },
};

/** What is not known yet may be the same. */
function isSamePrincipal(one: Values, other: Values): boolean {
  return ["clusterName", "principalArn"].every((key) => {
    const [a, b] = [one[key], other[key]];
    return a === UNKNOWN || b === UNKNOWN || a === b;
  });
}
