import { flags, type Component, type Setting } from "../component";
import { kubeconfigOf } from "../layout";
import { serverAt } from "./places";

/** Namespace in which cert-manager looks for the Secrets of a ClusterIssuer. */
export const CERT_MANAGER_NAMESPACE = "cert-manager";

/** cert-manager's controllers, with what the home stack's values of its chart come to. */
export function certManager({ layout, topology }: Setting): Component {
  const metrics = serverAt(topology, "certManager");
  return {
    name: "cert-manager",
    tool: "cert-manager",
    args: flags({
      kubeconfig: kubeconfigOf(layout, "cert-manager"),
      "cluster-resource-namespace": CERT_MANAGER_NAMESPACE,
      "dns01-recursive-nameservers": serverAt(topology, "nameServer"),
      "dns01-recursive-nameservers-only": true,
      "enable-certificate-owner-ref": true,
      "metrics-listen-address": metrics,
    }),
    ready: { url: `http://${metrics}/metrics` },
  };
}
