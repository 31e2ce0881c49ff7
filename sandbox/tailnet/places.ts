/** The five places of a tailnet, each a network namespace. */
export const PLACES = ["internet", "router", "vpc", "laptop", "stranger"] as const;
export type Place = (typeof PLACES)[number];

/** Places that have a link to the internet, and their addresses in it (TEST-NET-3, RFC 5737). */
export const ON_INTERNET = {
  router: "203.0.113.10",
  laptop: "203.0.113.20",
  stranger: "203.0.113.30",
} as const satisfies Partial<Record<Place, string>>;

/** Places in which Tailscale runs. */
export const DEVICES = ["router", "laptop"] as const satisfies readonly Place[];
export type DevicePlace = (typeof DEVICES)[number];

/** Where Tailscale's servers are found: the control server, its API, DERP and STUN. */
export const TAILSCALE_ADDRESS = "203.0.113.1";
export const INTERNET_PREFIX = 24;

/** Names of these servers, which Tailscale's programs have built in. */
export const TAILSCALE_NAMES = ["controlplane.tailscale.com", "api.tailscale.com"] as const;

/** The VPC: its range, the router in it, and a host that is to be reached through it. */
export const VPC = { cidr: "10.80.0.0/16", prefix: 16, router: "10.80.0.10", host: "10.80.1.10" };

/** Name of the network namespace of a place. */
export function namespaceOf(tailnet: string, place: Place): string {
  return `k8s-test-${tailnet}-${place}`;
}
