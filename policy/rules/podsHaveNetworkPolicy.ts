import { isValues, listAt, mapAt } from "../inputs";
import { ofType, type RegisteredResource, type StackRule } from "../rule";
import { namespaceOf, podLabelsOf, WORKLOADS } from "../workloads";

const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** Traffic to and from a pod is what somebody has said it is. */
export const podsHaveNetworkPolicy: StackRule = {
  name: "pods-have-network-policy",
  demands: "Network policies say who may reach the pods of a workload, and what those may reach.",
  why: "a pod that none selects is reached from everywhere, and reaches everything",
  allowed: "a NetworkPolicy in the namespace that selects the pods, with Ingress and Egress",
  mend: () => "make one beside the workload, as components/httpbin/networkPolicy.ts does",
  cis: ["4.3.2", "5.4.4"],
  judgeAll: (resources) => {
    const policies = ofType(resources, POLICY);
    return ofType(resources, ...WORKLOADS).flatMap((resource) => {
      const own = policies.filter((policy) => selects(policy, resource));
      const missing = ["Ingress", "Egress"].filter(
        (way) => !own.some(({ inputs }) => listAt(inputs, "spec.policyTypes").includes(way)),
      );
      return missing.length === 0
        ? []
        : [{ resource, found: `no policy for ${missing.join(" and ")}` }];
    });
  },
};

/** A selector without labels selects every pod of its namespace. */
function selects(policy: RegisteredResource, workload: RegisteredResource): boolean {
  if (namespaceOf(policy) !== namespaceOf(workload)) return false;
  const wanted = mapAt(policy.inputs, "spec.podSelector.matchLabels");
  const labels = podLabelsOf(workload);
  return Object.entries(wanted).every(([key, value]) => isValues(labels) && labels[key] === value);
}
