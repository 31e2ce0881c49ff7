import { BlockList, isIP } from "node:net";

/** The ranges from which Tailscale gives its addresses (tailscale.com/docs/concepts/tailscale-ip-addresses). */
export const TAILNET_RANGES = ["100.64.0.0/10", "fd7a:115c:a1e0::/48"] as const;

/** Whether an address, IPv4 or IPv6, is in one of some ranges in CIDR notation. */
export function isWithin(address: string, ranges: readonly string[]): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", length = ""] = range.split("/");
    list.addSubnet(network, Number(length), familyOf(network));
  }
  return isIP(address) !== 0 && list.check(address, familyOf(address));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
