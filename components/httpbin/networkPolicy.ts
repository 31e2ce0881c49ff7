import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

type Policy = kubernetes.types.input.networking.v1.NetworkPolicySpec;
type Peer = kubernetes.types.input.networking.v1.NetworkPolicyPeer;

/**
 * Lets in the ingress controller and the app's own namespace, on the app's port only. Lets nothing
 * out: httpbin answers and never calls (answers belong to the connection that came in, and the
 * kubelet's probes come from the node, which no policy stops).
 */
export function networkPolicySpec(
  podLabels: Record<string, string>,
  port: number,
  ingressPeers: pulumi.Input<Peer[]>,
): Policy {
  const ownNamespace: Peer = { podSelector: {} };
  return {
    podSelector: { matchLabels: podLabels },
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      {
        from: pulumi.output(ingressPeers).apply((peers) => [...peers, ownNamespace]),
        ports: [{ protocol: "TCP", port }],
      },
    ],
    egress: [],
  };
}
