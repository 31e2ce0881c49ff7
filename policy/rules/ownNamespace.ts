import { at, given, is, UNKNOWN } from "../inputs";
import type { ResourceRule } from "../rule";
import { WORKLOADS } from "../workloads";

/** Namespaces that belong to nobody in particular. */
const SHARED = ["", "default", "kube-public", "kube-node-lease"];

/** What runs together has a namespace of its own. */
export const ownNamespace: ResourceRule = {
  name: "own-namespace",
  demands: "What lives in a namespace says which, and it is not the default one.",
  why: "rights, quotas and network policies hold for a namespace: where all are in one, for none",
  allowed: "metadata.namespace, other than default",
  mend: (stack) => `pulumi config set --stack ${stack} --path app.namespace httpbin`,
  cis: ["4.5.1", "4.5.2"],
  types: [
    ...WORKLOADS,
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    "kubernetes:core/v1:ConfigMap",
    "kubernetes:core/v1:Secret",
    "kubernetes:core/v1:Service",
    "kubernetes:core/v1:ServiceAccount",
    "kubernetes:networking.k8s.io/v1:Ingress",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    "kubernetes:policy/v1:PodDisruptionBudget",
  ],
  judge: ({ inputs }) => {
    const namespace = at(inputs, "metadata.namespace");
    const isOwn = namespace === UNKNOWN || (namespace !== undefined && !is(namespace, ...SHARED));
    return isOwn ? [] : [given("metadata.namespace", namespace)];
  },
};
