/** A port for each server of the control plane, the node and its monitoring. */
export interface Ports {
  etcd: number;
  etcdPeer: number;
  etcdHealth: number;
  api: number;
  controllerManager: number;
  scheduler: number;
  metricsServer: number;
  kubelet: number;
  kubeletHealth: number;
  kubeProxyHealth: number;
  kubeRouterHealth: number;
  dns: number;
  dnsHealth: number;
  ingressAddresses: number;
  prometheus: number;
  kedaHealth: number;
  kedaMetrics: number;
  kedaGrpc: number;
  kedaApi: number;
  kedaApiMetrics: number;
}

/** Where a cluster's servers listen, and which addresses it gives out. */
export interface Topology {
  /** Address on which every server listens. */
  address: string;
  ports: Ports;
  /** Name of the node that is real, or of the first one that is simulated. */
  nodeName: string;
  podCidr: string;
  serviceCidr: string;
  /** Address of the service `kubernetes`: the first of the service range. */
  apiService: string;
  /** Address of the service `kube-dns`. */
  dnsService: string;
}

/** The names of the ports, for whoever looks for free ones. */
export const PORT_NAMES = [
  "etcd",
  "etcdPeer",
  "etcdHealth",
  "api",
  "controllerManager",
  "scheduler",
  "metricsServer",
  "kubelet",
  "kubeletHealth",
  "kubeProxyHealth",
  "kubeRouterHealth",
  "dns",
  "dnsHealth",
  "ingressAddresses",
  "prometheus",
  "kedaHealth",
  "kedaMetrics",
  "kedaGrpc",
  "kedaApi",
  "kedaApiMetrics",
] as const satisfies readonly (keyof Ports)[];

/** The customary ports. They are free in a network namespace that is new. */
const USUAL_PORTS: Ports = {
  etcd: 2379,
  etcdPeer: 2380,
  etcdHealth: 2381,
  api: 6443,
  controllerManager: 10257,
  scheduler: 10259,
  metricsServer: 4443,
  kubelet: 10250,
  kubeletHealth: 10248,
  kubeProxyHealth: 10256,
  kubeRouterHealth: 20244,
  dns: 53,
  dnsHealth: 8181,
  ingressAddresses: 10247,
  prometheus: 9090,
  kedaHealth: 8081,
  kedaMetrics: 8082,
  kedaGrpc: 9666,
  kedaApi: 4444,
  kedaApiMetrics: 8083,
};

/** The two ends of the link between the host and the node's network namespace, and its length. */
export const LINK = { host: "10.200.0.1", node: "10.200.0.2", prefix: 30 } as const;

const RANGES = {
  podCidr: "10.42.0.0/24",
  serviceCidr: "10.43.0.0/16",
  apiService: "10.43.0.1",
  dnsService: "10.43.0.10",
} as const;

/** A name of the API server, as EKS gives them: where the cluster is one of the stack `live` on a tailnet. */
export const EKS_HOST = "0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com";

/** A cluster whose node is real, in a network namespace of its own. */
export function nodeTopology(): Topology {
  return { address: LINK.node, ports: USUAL_PORTS, nodeName: "sandbox", ...RANGES };
}

/** A cluster whose nodes are simulated, on loopback, with ports that were found to be free. */
export function loopbackTopology(ports: Ports): Topology {
  return { address: "127.0.0.1", ports, nodeName: "sandbox", ...RANGES };
}

/** URL of the API server. */
export function serverUrl({ address, ports }: Topology): string {
  return `https://${address}:${String(ports.api)}`;
}
