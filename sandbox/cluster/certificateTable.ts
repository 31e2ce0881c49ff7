import { KEDA_NAMESPACE } from "./monitoring/places";
import { EKS_HOST, type Topology } from "./topology";

/** The authorities: of the API, of etcd, and of whoever speaks for others through the aggregator. */
export const AUTHORITIES = ["ca", "etcd-ca", "front-proxy-ca"] as const;

/** What one certificate says. */
export interface Certificate {
  /** Name of its files. */
  name: string;
  authority: (typeof AUTHORITIES)[number];
  /** User name, for a client. */
  commonName: string;
  /** Group, for a client. */
  organization?: string;
  usages: readonly ("client" | "server")[];
  /** Names and addresses of a server. */
  dnsNames?: readonly string[];
  addresses?: readonly string[];
}

function client(name: string, commonName: string, organization?: string): Certificate {
  const group = organization === undefined ? {} : { organization };
  return { name, authority: "ca", commonName, ...group, usages: ["client"] };
}

/** Users of the API that have a kubeconfig, by the name of their files. */
export const API_USERS = [
  client("admin", "sandbox-admin", "system:masters"),
  client("controller-manager", "system:kube-controller-manager"),
  client("scheduler", "system:kube-scheduler"),
  client("kube-proxy", "system:kube-proxy"),
  client("kube-router", "system:kube-router"),
  client("coredns", "system:coredns"),
  client("metrics-server", "system:metrics-server"),
  client("kwok", "sandbox-kwok", "system:masters"),
  client("traefik", "system:traefik"),
  client("cert-manager", "system:cert-manager"),
  client("keda-operator", "system:keda-operator"),
  client("keda-metrics-apiserver", "system:keda-metrics-apiserver"),
  client("prometheus", "system:prometheus"),
] as const satisfies readonly Certificate[];

/** Every certificate of a cluster. */
export function certificateTable(topology: Topology): Certificate[] {
  const { address, apiService, nodeName } = topology;
  return [
    ...API_USERS,
    client("kubelet", `system:node:${nodeName}`, "system:nodes"),
    client("apiserver-kubelet", "sandbox-apiserver", "system:masters"),
    {
      name: "apiserver",
      authority: "ca",
      commonName: "kube-apiserver",
      usages: ["server"],
      dnsNames: [
        "localhost",
        "kubernetes",
        "kubernetes.default",
        "kubernetes.default.svc",
        "kubernetes.default.svc.cluster.local",
        EKS_HOST,
      ],
      addresses: [...new Set([address, "127.0.0.1", apiService])],
    },
    {
      // One for the health endpoints of all components: they share an address.
      name: "serving",
      authority: "ca",
      commonName: nodeName,
      usages: ["server"],
      dnsNames: ["localhost", nodeName, "metrics-server.kube-system.svc"],
      addresses: [...new Set([address, "127.0.0.1"])],
    },
    {
      // KEDA's two programs prove themselves to each other, and one of them to the API server.
      name: "keda",
      authority: "ca",
      commonName: "keda",
      usages: ["server", "client"],
      dnsNames: [`keda-metrics-apiserver.${KEDA_NAMESPACE}.svc`],
      addresses: [address],
    },
    {
      name: "etcd",
      authority: "etcd-ca",
      commonName: "etcd",
      usages: ["server", "client"],
      dnsNames: ["localhost"],
      addresses: ["127.0.0.1"],
    },
    { name: "apiserver-etcd", authority: "etcd-ca", commonName: "apiserver", usages: ["client"] },
    {
      name: "front-proxy",
      authority: "front-proxy-ca",
      commonName: "front-proxy-client",
      usages: ["client"],
    },
  ];
}
