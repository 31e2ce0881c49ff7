import { SIMULATED, usagePath } from "./components/kwok";
import type { Topology } from "./topology";

/** A Kubernetes object as it is sent to the server. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
}

/** What a role allows: with objects, or with paths of a server. */
type Rule =
  | { apiGroups: string[]; resources: string[]; verbs: string[] }
  | { nonResourceURLs: string[]; verbs: string[] };

export interface ServicePort {
  name: string;
  port: number;
  protocol: "TCP" | "UDP";
}

/** Namespace of what belongs to the cluster itself. */
export const NAMESPACE = "kube-system";
export const RBAC = "rbac.authorization.k8s.io";
export const READ = ["get", "list", "watch"];

/** What CoreDNS may see, and the service by which pods reach it. */
export function dnsManifests(topology: Topology): Manifest[] {
  const ports: ServicePort[] = [
    { name: "dns", port: topology.ports.dns, protocol: "UDP" },
    { name: "dns-tcp", port: topology.ports.dns, protocol: "TCP" },
  ];
  return [
    ...role("system:coredns", [
      { apiGroups: [""], resources: ["services", "pods", "namespaces"], verbs: ["list", "watch"] },
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
    ]),
    service("kube-dns", { clusterIP: topology.dnsService, ports }),
    endpoints("kube-dns", topology.address, ports),
  ];
}

/** What kube-router may see: the policies, and whom they are about. */
export function policyManifests(): Manifest[] {
  return role("system:kube-router", [
    { apiGroups: [""], resources: ["nodes", "namespaces", "pods"], verbs: READ },
    { apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"], verbs: READ },
    // It waits for these as well, whichever of its parts run.
    { apiGroups: [""], resources: ["services", "endpoints"], verbs: READ },
    { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: READ },
  ]);
}

/** Nodes that KWOK plays; each says where its usage is told. */
export function simulatedNode(name: string, architecture: "amd64" | "arm64"): Manifest {
  const resources = { cpu: "16", memory: "32Gi", "ephemeral-storage": "16Gi", pods: "110" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "kubernetes.io/arch": architecture,
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        type: "kwok",
      },
      annotations: {
        [SIMULATED.key]: SIMULATED.value,
        "metrics.k8s.io/resource-metrics-path": usagePath(name),
      },
    },
    status: {
      allocatable: resources,
      capacity: resources,
      nodeInfo: { architecture, operatingSystem: "linux", kubeletVersion: "simulated" },
    },
  };
}

/** Lets a server behind the API server know who speaks for others: by the user `system:NAME`. */
export function authenticationReader(name: string): Manifest {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: "RoleBinding",
    metadata: { name: `${name}-auth-reader`, namespace: NAMESPACE },
    roleRef: { apiGroup: RBAC, kind: "Role", name: "extension-apiserver-authentication-reader" },
    subjects: [{ apiGroup: RBAC, kind: "User", name: `system:${name}` }],
  };
}

/** A cluster role, given to the user of the same name. */
export function role(name: string, rules: Rule[]): Manifest[] {
  const apiVersion = `${RBAC}/v1`;
  return [
    { apiVersion, kind: "ClusterRole", metadata: { name }, rules },
    {
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name },
      subjects: [{ apiGroup: RBAC, kind: "User", name }],
    },
  ];
}

/** A service without a selector: what serves it is a process of the node, not a pod. */
export function service(
  name: string,
  spec: Record<string, unknown>,
  namespace = NAMESPACE,
): Manifest {
  const labels = { "k8s-app": name };
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace, labels },
    spec,
  };
}

export function endpoints(
  name: string,
  address: string,
  ports: ServicePort[],
  namespace = NAMESPACE,
): Manifest {
  const labels = { "kubernetes.io/service-name": name };
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name, namespace, labels },
    addressType: "IPv4",
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports,
  };
}
