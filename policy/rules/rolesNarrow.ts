import { listAt, type Value } from "../inputs";
import { each, type ResourceRule } from "../rule";

/** By these a subject gets rights that it does not have. */
const ESCALATING = ["bind", "escalate", "impersonate"];

/** By a new one of these, or another template in it, pods are made. */
const MAKING_PODS = [
  "cronjobs",
  "daemonsets",
  "deployments",
  "jobs",
  "pods",
  "replicasets",
  "replicationcontrollers",
  "statefulsets",
];
const CHANGING = ["create", "patch", "update"];

/** In a pod that is there, or as it: what pods have, without making one. */
const INTO_PODS = ["nodes/proxy", "pods/attach", "pods/exec", "serviceaccounts/token"];

/** Roles inside a cluster name what they are for. */
export const rolesNarrow: ResourceRule = {
  name: "roles-narrow",
  demands:
    "A role of Kubernetes has no wildcard, no Secrets, makes or enters no pods, and gives no rights.",
  why: "each of these leads to all other rights in the namespace, or on the cluster",
  allowed:
    "named groups, resources and verbs, without secrets, making or entering pods, bind, escalate, impersonate",
  mend: () => "name what the subject does with its role, and nothing more, where the role is made",
  cis: ["4.1.2", "4.1.3", "4.1.4", "4.1.8"],
  types: [
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
    "kubernetes:rbac.authorization.k8s.io/v1:Role",
  ],
  judge: ({ inputs }) =>
    each(listAt(inputs, "rules"), (rule, index) => {
      const wrong = tooMuch(rule);
      return wrong === undefined ? undefined : `rules.${String(index)}: ${wrong}`;
    }),
};

function tooMuch(rule: Value): string | undefined {
  const names = (key: string): readonly Value[] => listAt(rule, key);
  const [resources, verbs] = [names("resources"), names("verbs")];
  const wildcard = ["apiGroups", "resources", "verbs"].find((key) => names(key).includes("*"));
  if (wildcard !== undefined) return `* in ${wildcard}`;
  if (resources.includes("secrets")) return "secrets in resources";
  const into = INTO_PODS.filter((resource) => resources.includes(resource));
  if (into.length > 0) return `${into.join(", ")} in resources`;
  const made = MAKING_PODS.filter((resource) => resources.includes(resource));
  const changing = CHANGING.filter((verb) => verbs.includes(verb));
  if (made.length > 0 && changing.length > 0) return `${changing.join(", ")} of ${made.join(", ")}`;
  const escalating = ESCALATING.filter((verb) => verbs.includes(verb));
  return escalating.length === 0 ? undefined : `${escalating.join(", ")} in verbs`;
}
