import { flags, type Component, type Setting } from "../component";
import { kubeconfigOf } from "../layout";

/**
 * Enforces network policies, with rules of iptables and sets of addresses that live in the node's
 * network namespace. kube-proxy has nftables of its own beside them.
 */
export function kubeRouter({ layout, topology }: Setting): Component {
  const { address, ports, nodeName, serviceCidr } = topology;
  return {
    name: "kube-router",
    tool: "kube-router",
    args: flags({
      kubeconfig: kubeconfigOf(layout, "kube-router"),
      "hostname-override": nodeName,
      "service-cluster-ip-range": serviceCidr,
      "health-port": ports.kubeRouterHealth,
      "run-firewall": true,
      "run-router": false,
      "run-service-proxy": false,
    }),
    ready: { url: `http://${address}:${String(ports.kubeRouterHealth)}/healthz` },
  };
}
