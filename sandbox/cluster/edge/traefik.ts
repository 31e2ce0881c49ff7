import { flags, type Component, type Setting } from "../component";
import { kubeconfigOf } from "../layout";
import { serverAt } from "./places";

/**
 * Traefik as k3s has it: it serves the Ingresses of the cluster on ports 80 and 443, and publishes
 * its address in each. What k3s takes from the Service of its load balancer is given here.
 */
export function traefik({ layout, topology }: Setting): Component {
  return {
    name: "traefik",
    tool: "traefik",
    args: flags({
      "global.checknewversion": false,
      "global.sendanonymoususage": false,
      "log.level": "INFO",
      "log.nocolor": true,
      "entrypoints.web.address": serverAt(topology, "web"),
      "entrypoints.websecure.address": serverAt(topology, "websecure"),
      "entrypoints.websecure.http.tls": true,
      "entrypoints.traefik.address": serverAt(topology, "traefik"),
      "entrypoints.metrics.address": serverAt(topology, "traefikMetrics"),
      "metrics.prometheus": true,
      "metrics.prometheus.entrypoint": "metrics",
      ping: true,
      "providers.kubernetescrd": true,
      "providers.kubernetesingress": true,
      "providers.kubernetesingress.ingressendpoint.ip": topology.address,
    }),
    // It takes a kubeconfig by this variable only.
    environment: { KUBECONFIG: kubeconfigOf(layout, "traefik") },
    ready: { url: `http://${serverAt(topology, "traefik")}/ping` },
  };
}
