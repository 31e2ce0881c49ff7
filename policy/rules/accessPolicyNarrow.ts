import { at, given, listAt, textAt, UNKNOWN } from "../inputs";
import type { RegisteredResource, ResourceRule } from "../rule";

/** Policies of EKS that may hold for a whole cluster: to run it, and to look at it without Secrets. */
const WHOLE_CLUSTER = ["AmazonEKSClusterAdminPolicy", "AmazonEKSViewPolicy"];
const NAMESPACES = ["AmazonEKSEditPolicy", "AmazonEKSViewPolicy"];

/** Roles that Kubernetes brings along: of the whole cluster, each can read Secrets or make pods. */
const WIDE_ROLES = ["admin", "edit"];
/** Everybody who reaches the API, without a name or with any; and the group that nothing is denied to. */
const EVERYBODY = ["system:anonymous", "system:authenticated", "system:unauthenticated"];
const WIDE_SUBJECTS = ["system:masters", ...EVERYBODY];

const CLUSTER_BINDING = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

/** Nobody gets more on a cluster than one of three roles. */
export const accessPolicyNarrow: ResourceRule = {
  name: "access-policy-narrow",
  demands: "Rights on a cluster are admin, or to look; to change things, in named namespaces only.",
  why: "who may make pods or read Secrets everywhere has the cluster, whatever it is called",
  allowed: `${WHOLE_CLUSTER.join(" and ")} for the cluster, ${NAMESPACES.join(" and ")} for namespaces; no binding to cluster-admin, of the whole cluster to admin or edit, or of everybody`,
  mend: (stack) =>
    `name who needs it in live.access (admins, readers, or ci with its namespaces): pulumi config set --stack ${stack} --path 'live.access.readers[0]' ARN`,
  cis: ["4.1.1", "4.1.2", "4.1.4"],
  types: [ASSOCIATION, CLUSTER_BINDING, "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding"],
  judge: (resource) =>
    resource.type === ASSOCIATION ? wideAssociation(resource) : adminBinding(resource),
};

function wideAssociation({ inputs }: RegisteredResource): string[] {
  const policy = textAt(inputs, "policyArn")?.split("/").at(-1);
  const scope = at(inputs, "accessScope.type");
  if (policy === undefined || scope === UNKNOWN) return [];
  const isForNamespaces =
    scope === "namespace" && listAt(inputs, "accessScope.namespaces").length > 0;
  const allowed = isForNamespaces ? NAMESPACES : WHOLE_CLUSTER;
  return allowed.includes(policy) ? [] : [`${policy}, where ${given("accessScope.type", scope)}`];
}

function adminBinding({ type, inputs }: RegisteredResource): string[] {
  const role = textAt(inputs, "roleRef.name");
  const forbidden = ["cluster-admin", ...(type === CLUSTER_BINDING ? WIDE_ROLES : [])];
  return [
    ...(role !== undefined && forbidden.includes(role) ? [`roleRef.name is ${role}`] : []),
    ...listAt(inputs, "subjects")
      .map((subject) => textAt(subject, "name") ?? "")
      .filter((name) => WIDE_SUBJECTS.includes(name))
      .map((name) => `${name} is among the subjects`),
  ];
}
