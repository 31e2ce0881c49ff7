import { at, textAt, UNKNOWN, type Values } from "../inputs";
import { ofType, type StackRule } from "../rule";

/** Types of entries that have their rights from EKS, for nodes; the others have none of their own. */
const OF_NODES = ["EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX"];

/**
 * Groups whose rights are written down: docs/preview-policy/kubernetes.yaml, for previews of the cluster. None
 * of EKS' policies lets one try a change and not make it.
 */
export const GROUPS = ["k8s-test-previews"];

/** An access entry comes with a policy that says what it is for. */
export const accessEntryHasPolicy: StackRule = {
  name: "access-entry-has-policy",
  demands: "Each access entry of an EKS cluster has a policy of EKS, or is for previews.",
  why: "without a policy an entry gives no rights, or such as a group is given out of sight",
  allowed: `an AccessPolicyAssociation for the same cluster and principal; or kubernetesGroups ${JSON.stringify(GROUPS)}, and no other`,
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
        const hasGroups = Array.isArray(groups) && groups.length > 0;
        if (hasGroups && !groups.every((group) => GROUPS.includes(String(group)))) {
          return [{ resource, found: `kubernetesGroups is ${JSON.stringify(groups)}` }];
        }
        if (hasGroups || granted.some((one) => isSamePrincipal(one, resource.inputs))) return [];
        const principal = textAt(resource.inputs, "principalArn") ?? "its principal";
        return [{ resource, found: `no policy for ${principal}` }];
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
