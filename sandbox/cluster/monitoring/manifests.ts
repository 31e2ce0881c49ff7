import { readFile } from "node:fs/promises";

import { parse } from "yaml";

import type { Toolchain } from "../../toolchain/toolchain";
import { aggregatedApi, apiServiceName } from "../aggregatedApi";
import { authenticationReader, RBAC, READ, role, type Manifest } from "../manifests";
import type { Topology } from "../topology";
import { KEDA_NAMESPACE, MONITORING_NAMESPACE } from "./places";

const KEDA_API = "keda-metrics-apiserver";
const API = { group: "external.metrics.k8s.io", version: "v1beta1" } as const;

/** Name of the API by which autoscalers read what is no metric of a pod. */
export const EXTERNAL_METRICS = apiServiceName(API);

/** What a cluster has where Prometheus runs: the kinds of its operator, and what it may read. */
export async function prometheusManifests(tools: Pick<Toolchain, "files">): Promise<Manifest[]> {
  return [
    ...(await kindsOf(tools, "prometheus")),
    namespace(MONITORING_NAMESPACE),
    ...role("system:prometheus", [
      { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
      { nonResourceURLs: ["/metrics"], verbs: ["get"] },
    ]),
  ];
}

/**
 * What a cluster has where KEDA runs: its kinds, what it may do, and the way of the API server to it.
 *
 * @param caBundle PEM of the CA that signed the certificate of KEDA's API.
 */
export async function kedaManifests(
  tools: Pick<Toolchain, "files">,
  topology: Topology,
  caBundle: string,
  nodes: "real" | "simulated",
): Promise<Manifest[]> {
  const port = topology.ports.kedaApi;
  return [
    ...(await kindsOf(tools, "keda-operator")),
    namespace(KEDA_NAMESPACE),
    ...operatorRole(),
    ...apiRole(),
    ...aggregatedApi(
      { ...API, name: KEDA_API, namespace: KEDA_NAMESPACE, port, caBundle },
      topology,
      nodes,
    ),
    ...autoscalersRole(),
  ];
}

/** The kinds that come with a tool. */
function kindsOf(tools: Pick<Toolchain, "files">, tool: string): Promise<Manifest[]> {
  return Promise.all(
    tools.files(tool).map(async (file) => parse(await readFile(file, "utf8")) as Manifest),
  );
}

function namespace(name: string): Manifest {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}

/** What the roles of KEDA's operator say, without what Jobs and secrets of triggers need. */
function operatorRole(): Manifest[] {
  const name = "system:keda-operator";
  const inNamespace = { name, namespace: KEDA_NAMESPACE };
  const change = ["update", "patch"];
  const own = ["scaledobjects", "scaledjobs"];
  const authentications = ["triggerauthentications", "clustertriggerauthentications"];
  const sources = ["cloudeventsources", "clustercloudeventsources"];
  const status = (kinds: string[]): string[] => kinds.map((kind) => `${kind}/status`);
  return [
    // It looks for Secrets of ClusterTriggerAuthentications before it does anything.
    {
      apiVersion: `${RBAC}/v1`,
      kind: "Role",
      metadata: inNamespace,
      rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["list", "watch"] }],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "RoleBinding",
      metadata: inNamespace,
      roleRef: { apiGroup: RBAC, kind: "Role", name },
      subjects: [{ apiGroup: RBAC, kind: "User", name }],
    },
    ...role(name, [
      {
        apiGroups: ["keda.sh"],
        resources: [...own, ...authentications],
        verbs: [...READ, ...change],
      },
      {
        apiGroups: ["keda.sh"],
        resources: [...status([...own, ...authentications]), "scaledobjects/finalizers"],
        verbs: change,
      },
      { apiGroups: ["eventing.keda.sh"], resources: sources, verbs: READ },
      {
        apiGroups: ["autoscaling"],
        resources: ["horizontalpodautoscalers"],
        verbs: [...READ, "create", "delete", ...change],
      },
      { apiGroups: ["apps"], resources: ["deployments", "statefulsets"], verbs: READ },
      { apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["get", ...change] },
      { apiGroups: ["batch"], resources: ["jobs"], verbs: READ },
      // Whether the pods have requests, where a trigger goes by their share.
      { apiGroups: [""], resources: ["pods", "limitranges"], verbs: READ },
      { apiGroups: ["", "events.k8s.io"], resources: ["events"], verbs: ["create", "patch"] },
    ]),
  ];
}

/** What KEDA's API may: look who asks, and read what it is asked for. */
function apiRole(): Manifest[] {
  return [
    ...role(`system:${KEDA_API}`, [
      { apiGroups: ["keda.sh"], resources: ["scaledobjects"], verbs: READ },
      { apiGroups: ["authentication.k8s.io"], resources: ["tokenreviews"], verbs: ["create"] },
      {
        apiGroups: ["authorization.k8s.io"],
        resources: ["subjectaccessreviews"],
        verbs: ["create"],
      },
    ]),
    authenticationReader(KEDA_API),
  ];
}

/** The right of the autoscalers' controller to ask it. */
function autoscalersRole(): Manifest[] {
  const name = "keda-hpa-controller-external-metrics";
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRole",
      metadata: { name },
      rules: [{ apiGroups: [API.group], resources: ["*"], verbs: ["get", "list"] }],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name },
      subjects: [
        { kind: "ServiceAccount", name: "horizontal-pod-autoscaler", namespace: "kube-system" },
      ],
    },
  ];
}
