import { PREVIEW_GROUP } from "../components/live/clusterAccess";

/**
 * Kinds of the stack's objects by API group, as RBAC names them: what a preview asks the API server
 * about, by a dry-run for each.
 */
const PREVIEWED: Readonly<Record<string, readonly string[]>> = {
  "": ["configmaps", "namespaces", "serviceaccounts", "services"],
  apps: ["deployments"],
  autoscaling: ["horizontalpodautoscalers"],
  "keda.sh": ["scaledobjects", "triggerauthentications"],
  "monitoring.coreos.com": ["podmonitors", "prometheusrules"],
  "networking.k8s.io": ["ingresses", "networkpolicies"],
  policy: ["poddisruptionbudgets"],
};

const NAME = PREVIEW_GROUP;
const RBAC = { apiGroup: "rbac.authorization.k8s.io" };
const ADMISSION = "admissionregistration.k8s.io/v1";

/**
 * What gives those who preview their rights inside Kubernetes, as manifests. RBAC knows no dry-run: who
 * may ask for one may do it. So the first two have the API server refuse all of theirs that is none.
 */
export function previewRights(): object[] {
  return [
    {
      apiVersion: ADMISSION,
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: NAME },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            { apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*/*"] },
          ],
        },
        matchConditions: [
          { name: "of-a-preview", expression: `"${PREVIEW_GROUP}" in request.userInfo.groups` },
        ],
        validations: [
          {
            expression: "request.?dryRun.orValue(false)",
            message: "A preview may only ask, by a dry-run, what a change would do.",
            reason: "Forbidden",
          },
        ],
      },
    },
    {
      apiVersion: ADMISSION,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: NAME },
      spec: { policyName: NAME, validationActions: ["Deny"] },
    },
    {
      apiVersion: `${RBAC.apiGroup}/v1`,
      kind: "ClusterRole",
      metadata: { name: NAME },
      rules: Object.entries(PREVIEWED).map(([group, resources]) => ({
        apiGroups: [group],
        resources,
        // A server-side apply of what is not there yet asks for both of the last.
        verbs: ["get", "create", "patch"],
      })),
    },
    bound(NAME, NAME),
    // Everything but Secrets: what the state of a Deployment or a Service is read from.
    bound(`${NAME}-view`, "view"),
  ];
}

function bound(name: string, role: string): object {
  return {
    apiVersion: `${RBAC.apiGroup}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { ...RBAC, kind: "ClusterRole", name: role },
    subjects: [{ ...RBAC, kind: "Group", name: PREVIEW_GROUP }],
  };
}
