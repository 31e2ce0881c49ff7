import { flags, type Component, type Setting } from "../component";
import { ca, pair } from "../layout";
import { serverUrl } from "../topology";

/** @param nodes whether the nodes are real: then the server proves itself to kubelets and asks the same. */
export function apiserver({ layout, topology }: Setting, nodes: "real" | "simulated"): Component {
  const { address, ports, serviceCidr } = topology;
  const serving = pair(layout, "apiserver");
  const etcd = pair(layout, "apiserver-etcd");
  const kubelet = pair(layout, "apiserver-kubelet");
  const proxy = pair(layout, "front-proxy");
  const real = nodes === "real";
  return {
    name: "kube-apiserver",
    tool: "kube-apiserver",
    args: flags({
      "bind-address": address,
      "secure-port": ports.api,
      // A loopback address may not be the endpoint of the service `kubernetes`.
      "advertise-address": real ? address : undefined,
      "endpoint-reconciler-type": real ? undefined : "none",
      "tls-cert-file": serving.cert,
      "tls-private-key-file": serving.key,
      "client-ca-file": ca(layout),
      "etcd-servers": `https://127.0.0.1:${String(ports.etcd)}`,
      "etcd-cafile": ca(layout, "etcd-ca"),
      "etcd-certfile": etcd.cert,
      "etcd-keyfile": etcd.key,
      "kubelet-client-certificate": kubelet.cert,
      "kubelet-client-key": kubelet.key,
      "kubelet-certificate-authority": real ? ca(layout) : undefined,
      "kubelet-preferred-address-types": "InternalIP",
      "service-cluster-ip-range": serviceCidr,
      "service-account-issuer": "https://kubernetes.default.svc.cluster.local",
      "service-account-key-file": `${layout.pki}/service-account.pub`,
      "service-account-signing-key-file": `${layout.pki}/service-account.key`,
      "authorization-mode": "Node,RBAC",
      "enable-admission-plugins": "NodeRestriction",
      // As on k3s and EKS: Pod Security decides who may be privileged.
      "allow-privileged": true,
      "requestheader-client-ca-file": ca(layout, "front-proxy-ca"),
      "requestheader-allowed-names": "front-proxy-client",
      "requestheader-username-headers": "X-Remote-User",
      "requestheader-group-headers": "X-Remote-Group",
      "requestheader-extra-headers-prefix": "X-Remote-Extra-",
      "proxy-client-cert-file": proxy.cert,
      "proxy-client-key-file": proxy.key,
      // On a real node the server goes to the endpoints of an API, without waiting for kube-proxy;
      // else to the name of its service, which only the other way of routing takes.
      "enable-aggregator-routing": real,
      profiling: false,
    }),
    ready: { url: `${serverUrl(topology)}/readyz` },
  };
}
