import { aggregatedApi } from "./aggregatedApi";
import { authenticationReader, NAMESPACE, RBAC, READ, role, type Manifest } from "./manifests";
import type { Topology } from "./topology";

/**
 * What metrics-server may see, and the way of the API server to it.
 *
 * @param caBundle PEM of the CA that signed its certificate.
 */
export function metricsManifests(
  topology: Topology,
  caBundle: string,
  nodes: "real" | "simulated",
): Manifest[] {
  return [
    ...role("system:metrics-server", [
      { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
      { apiGroups: [""], resources: ["pods", "nodes"], verbs: READ },
      {
        apiGroups: ["authentication.k8s.io"],
        resources: ["tokenreviews"],
        verbs: ["create"],
      },
      {
        apiGroups: ["authorization.k8s.io"],
        resources: ["subjectaccessreviews"],
        verbs: ["create"],
      },
    ]),
    authenticationReader("metrics-server"),
    usageReaders(),
    ...aggregatedApi(
      {
        ...{ group: "metrics.k8s.io", version: "v1beta1", caBundle },
        ...{ name: "metrics-server", namespace: NAMESPACE, port: topology.ports.metricsServer },
      },
      topology,
      nodes,
    ),
  ];
}

/** Lets whoever may view or edit a namespace read its usage. */
function usageReaders(): Manifest {
  const roles = ["view", "edit", "admin"].map((name) => [`${RBAC}/aggregate-to-${name}`, "true"]);
  return {
    apiVersion: `${RBAC}/v1`,
    kind: "ClusterRole",
    metadata: {
      name: "system:aggregated-metrics-reader",
      labels: Object.fromEntries(roles) as Record<string, string>,
    },
    rules: [{ apiGroups: ["metrics.k8s.io"], resources: ["pods", "nodes"], verbs: READ }],
  };
}
