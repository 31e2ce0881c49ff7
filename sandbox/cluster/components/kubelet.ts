import { stringify } from "yaml";

import { flags, type Component, type Setting } from "../component";
import { ca, kubeconfigOf, pair } from "../layout";

/**
 * @param cgroup path, in the cgroup tree, below which all pods live.
 * @param tellsContainers whether it tells of each container at `/metrics/cadvisor`, for Prometheus.
 */
export function kubelet(
  { layout, topology }: Setting,
  cgroup: string,
  tellsContainers = false,
): Component {
  const { address, ports, nodeName } = topology;
  const path = `${layout.config}/kubelet.yaml`;
  const serving = pair(layout, "serving");
  const config = {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address,
    port: ports.kubelet,
    readOnlyPort: 0,
    healthzBindAddress: address,
    healthzPort: ports.kubeletHealth,
    tlsCertFile: serving.cert,
    tlsPrivateKeyFile: serving.key,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: ca(layout) },
    },
    authorization: { mode: "Webhook" },
    clusterDomain: "cluster.local",
    clusterDNS: [topology.dnsService],
    // Pods see the cluster's names only: there is no way out.
    resolvConf: "",
    containerRuntimeEndpoint: `unix://${layout.containerdSocket}`,
    podLogsDir: `${layout.folder}/pod-logs`,
    volumePluginDir: `${layout.kubelet}/plugins`,
    cgroupDriver: "cgroupfs",
    cgroupRoot: cgroup,
    failCgroupV1: false,
    enforceNodeAllocatable: [],
    failSwapOn: false,
    makeIPTablesUtilChains: false,
    seccompDefault: true,
    // The disk is shared with all else on the machine: the share that is free says little.
    evictionHard: {
      "memory.available": "100Mi",
      "nodefs.available": "1%",
      "imagefs.available": "1%",
    },
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
  };
  return {
    name: "kubelet",
    tool: "kubelet",
    files: [{ path, text: stringify(config) }],
    args: flags({
      config: path,
      kubeconfig: kubeconfigOf(layout, "kubelet"),
      "root-dir": layout.kubelet,
      "hostname-override": nodeName,
      "node-ip": address,
      // cAdvisor does not take it from the config, and looks for it in /run.
      containerd: tellsContainers ? layout.containerdSocket : undefined,
    }),
    ready: { url: `http://${address}:${String(ports.kubeletHealth)}/healthz` },
  };
}
