import { flags, type Component, type Setting } from "../component";
import { ca, kubeconfigOf, pair } from "../layout";

export function controllerManager({ layout, topology }: Setting): Component {
  const { address, ports } = topology;
  const kubeconfig = kubeconfigOf(layout, "controller-manager");
  const serving = pair(layout, "serving");
  return {
    name: "kube-controller-manager",
    tool: "kube-controller-manager",
    args: flags({
      kubeconfig,
      "authentication-kubeconfig": kubeconfig,
      "authorization-kubeconfig": kubeconfig,
      "bind-address": address,
      "secure-port": ports.controllerManager,
      "tls-cert-file": serving.cert,
      "tls-private-key-file": serving.key,
      "service-account-private-key-file": `${layout.pki}/service-account.key`,
      "root-ca-file": ca(layout),
      "use-service-account-credentials": true,
      // There is one, and waiting for a lease costs seconds.
      "leader-elect": false,
      // Each controller asks for a token of its own, one after the other: the usual pace of 20
      // requests a second would hold up the start by seconds.
      "kube-api-qps": 200,
      "kube-api-burst": 300,
      // The taint of a node that has become Ready goes at the next look.
      "node-monitor-period": "1s",
      profiling: false,
    }),
    ready: { url: `https://${address}:${String(ports.controllerManager)}/healthz` },
  };
}
