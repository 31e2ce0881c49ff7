import { readFile } from "node:fs/promises";

import { parse } from "yaml";

import type { Toolchain } from "../../toolchain/toolchain";
import {
  authenticationReader,
  endpoints,
  READ,
  role,
  service,
  type Manifest,
  type ServicePort,
} from "../manifests";
import type { Topology } from "../topology";
import { KEDA_NAMESPACE, MONITORING_NAMESPACE, PORTS } from "./places";

const KEDA_API = "keda-metrics-apiserver";
const RBAC = "rbac.authorization.k8s.io";

/** Name of the API by which autoscalers read what is no metric of a pod. */
export const EXTERNAL_METRICS = "v1beta1.external.metrics.k8s.io";

/**
 * What a cluster has where KEDA and Prometheus run: their kinds, and what they may do.
 *
 * @param caBundle PEM of the CA that signed the certificate of KEDA's API.
 */
export async function monitoringManifests(
  tools: Pick<Toolchain, "files">,
  topology: Topology,
  caBundle: string,
): Promise<Manifest[]> {
  const files = [...tools.files("prometheus"), ...tools.files("keda-operator")];
  const kinds = await Promise.all(
    files.map(async (file) => parse(await readFile(file, "utf8")) as Manifest),
  );
  return [
    ...kinds,
    ...[KEDA_NAMESPACE, MONITORING_NAMESPACE].map((name) => ({
      ...{ apiVersion: "v1", kind: "Namespace", metadata: { name } },
    })),
    ...operatorRole(),
    ...apiRole(),
    ...externalMetrics(topology, caBundle),
    ...role("system:prometheus", [
      { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
      { nonResourceURLs: ["/metrics"], verbs: ["get"] },
    ]),
  ];
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

/** The way of the API server to KEDA, and the autoscaler controller's right to ask it. */
function externalMetrics({ address }: Topology, caBundle: string): Manifest[] {
  const port: ServicePort = { name: "https", port: PORTS.kedaApi, protocol: "TCP" };
  const name = "keda-hpa-controller-external-metrics";
  return [
    service(KEDA_API, { ports: [port] }, KEDA_NAMESPACE),
    endpoints(KEDA_API, address, [port], KEDA_NAMESPACE),
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: EXTERNAL_METRICS },
      spec: {
        group: "external.metrics.k8s.io",
        version: "v1beta1",
        groupPriorityMinimum: 100,
        versionPriority: 100,
        caBundle: Buffer.from(caBundle).toString("base64"),
        service: { name: KEDA_API, namespace: KEDA_NAMESPACE, port: PORTS.kedaApi },
      },
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRole",
      metadata: { name },
      rules: [{ apiGroups: ["external.metrics.k8s.io"], resources: ["*"], verbs: ["get", "list"] }],
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
