import { listAt, type Value } from "../inputs";
import { each, type ResourceRule } from "../rule";

/** By these a subject gets rights that it does not have. */
const ESCALATING = ["bind", "escalate", "impersonate"];

/** Roles inside a cluster name what they are for. */
export const rolesNarrow: ResourceRule = {
  name: "roles-narrow",
  demands: "A role of Kubernetes has no wildcard, no Secrets, makes no pods and gives no rights.",
  why: "each of these leads to all other rights in the namespace, or on the cluster",
  allowed:
    "named groups, resources and verbs, without secrets, making pods, bind, escalate, impersonate",
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
  if (resources.includes("pods") && verbs.includes("create")) return "create of pods";
  const escalating = ESCALATING.filter((verb) => verbs.includes(verb));
  return escalating.length === 0 ? undefined : `${escalating.join(", ")} in verbs`;
}
