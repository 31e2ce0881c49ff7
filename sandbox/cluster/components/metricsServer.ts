import { flags, type Component, type Setting } from "../component";
import { ca, kubeconfigOf, pair } from "../layout";

/** Serves the metrics API from what the kubelets, real or simulated, tell of their pods. */
export function metricsServer({ layout, topology: { address, ports } }: Setting): Component {
  const kubeconfig = kubeconfigOf(layout, "metrics-server");
  const serving = pair(layout, "serving");
  return {
    name: "metrics-server",
    tool: "metrics-server",
    args: flags({
      kubeconfig,
      "authentication-kubeconfig": kubeconfig,
      "authorization-kubeconfig": kubeconfig,
      "bind-address": address,
      "secure-port": ports.metricsServer,
      "tls-cert-file": serving.cert,
      "tls-private-key-file": serving.key,
      "kubelet-certificate-authority": ca(layout),
      "kubelet-preferred-address-types": "InternalIP",
      "kubelet-use-node-status-port": true,
      // The least that it takes; a scrape must be over by the next one.
      "metric-resolution": "10s",
      "kubelet-request-timeout": "5s",
    }),
    // Its readiness wants two scrapes, which is longer than anyone should wait for a cluster.
    ready: { url: `https://${address}:${String(ports.metricsServer)}/livez` },
  };
}
