import { stringify } from "yaml";

import type { Component, Setting } from "../component";
import { kubeconfigOf } from "../layout";

/** Makes service addresses work, with nftables. */
export function kubeProxy({ layout, topology }: Setting): Component {
  const { address, ports, nodeName, podCidr } = topology;
  const path = `${layout.config}/kube-proxy.yaml`;
  const config = {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    mode: "nftables",
    bindAddress: address,
    healthzBindAddress: `${address}:${String(ports.kubeProxyHealth)}`,
    metricsBindAddress: "127.0.0.1:10249",
    hostnameOverride: nodeName,
    clusterCIDR: podCidr,
    clientConnection: { kubeconfig: kubeconfigOf(layout, "kube-proxy") },
    // 0 leaves these settings of the kernel alone: in a namespace they may be read-only.
    conntrack: { maxPerCore: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
  };
  return {
    name: "kube-proxy",
    tool: "kube-proxy",
    files: [{ path, text: stringify(config) }],
    args: ["--config", path],
    ready: { url: `http://${address}:${String(ports.kubeProxyHealth)}/livez` },
  };
}
