import { flags, type Component, type Setting } from "../component";
import { kubeconfigOf, pair } from "../layout";

export function scheduler({ layout, topology: { address, ports } }: Setting): Component {
  const kubeconfig = kubeconfigOf(layout, "scheduler");
  const serving = pair(layout, "serving");
  return {
    name: "kube-scheduler",
    tool: "kube-scheduler",
    args: flags({
      kubeconfig,
      "authentication-kubeconfig": kubeconfig,
      "authorization-kubeconfig": kubeconfig,
      "bind-address": address,
      "secure-port": ports.scheduler,
      "tls-cert-file": serving.cert,
      "tls-private-key-file": serving.key,
      "leader-elect": false,
      profiling: false,
    }),
    ready: { url: `https://${address}:${String(ports.scheduler)}/readyz` },
  };
}
