import { flags, type Component, type Setting } from "../component";
import { kubeconfigOf, pair } from "../layout";

/** Annotation of a node that KWOK plays. */
export const SIMULATED = { key: "kwok.x-k8s.io/node", value: "fake" } as const;

/** Path at which KWOK gives the usage of a simulated node. */
export function usagePath(nodeName: string): string {
  return `/metrics/nodes/${nodeName}/metrics/resource`;
}

/**
 * Plays the kubelets of the simulated nodes: their pods become Ready at once, and use what their
 * annotations `kwok.x-k8s.io/usage-cpu` and `kwok.x-k8s.io/usage-memory` say (1m and 1Mi without).
 *
 * @param configs KWOK's own stages and metrics, as its module has them.
 */
export function kwok(
  { layout, topology: { address, ports } }: Setting,
  configs: readonly string[],
): Component {
  const serving = pair(layout, "serving");
  return {
    name: "kwok",
    tool: "kwok",
    args: [
      ...configs.map((config) => `--config=${config}`),
      ...flags({
        kubeconfig: kubeconfigOf(layout, "kwok"),
        "manage-nodes-with-annotation-selector": `${SIMULATED.key}=${SIMULATED.value}`,
        "node-ip": address,
        "node-port": ports.kubelet,
        "server-address": `${address}:${String(ports.kubelet)}`,
        "tls-cert-file": serving.cert,
        "tls-private-key-file": serving.key,
        "node-lease-duration-seconds": 40,
      }),
    ],
    ready: { url: `https://${address}:${String(ports.kubelet)}/healthz` },
  };
}
