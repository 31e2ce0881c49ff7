import type { Component, Setting } from "../component";
import { kubeconfigOf } from "../layout";

/** Resolves the cluster's names, and no others: there is no way out. */
export function coredns({ layout, topology: { address, ports } }: Setting): Component {
  const path = `${layout.config}/Corefile`;
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
`;
  return {
    name: "coredns",
    tool: "coredns",
    files: [{ path, text: text.trimStart() }],
    args: ["-conf", path],
    ready: { url: `http://${address}:${String(ports.dnsHealth)}/ready` },
  };
}
