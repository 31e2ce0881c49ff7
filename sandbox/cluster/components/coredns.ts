import type { Component, Setting } from "../component";
import { kubeconfigOf } from "../layout";

/**
 * Resolves the cluster's names, and no others: there is no way out.
 *
 * @param forwarded A zone that a name server of the node has, `host:port`. @default none
 */
export function coredns(
  { layout, topology: { address, ports } }: Setting,
  forwarded?: { zone: string; server: string },
): Component {
  const path = `${layout.config}/Corefile`;
  const forwardOf = ({ zone, server }: { zone: string; server: string }): string => `
${zone}:${String(ports.dns)} {
  bind ${address}
  errors
  forward . ${server}
  cache 5
}
`;
  const text = `
.:${String(ports.dns)} {
  bind ${address}
  errors
  ready ${address}:${String(ports.dnsHealth)}
  kubernetes cluster.local in-addr.arpa {
    kubeconfig ${kubeconfigOf(layout, "coredns")}
    pods insecure
    ttl 5
  }
  cache 5
}
${forwarded === undefined ? "" : forwardOf(forwarded)}`;
  return {
    name: "coredns",
    tool: "coredns",
    files: [{ path, text: text.trimStart() }],
    args: ["-conf", path],
    ready: { url: `http://${address}:${String(ports.dnsHealth)}/ready` },
  };
}
