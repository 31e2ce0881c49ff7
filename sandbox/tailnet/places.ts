/** The places of a tailnet that are always there, each a network namespace. Each router is another one. */
export const PLACES = ["internet", "vpc", "laptop", "stranger"] as const;
export type Place = (typeof PLACES)[number];

/** Places that have a link to the internet, and their addresses in it (TEST-NET-3, RFC 5737). */
export const ON_INTERNET = {
  laptop: "203.0.113.20",
  stranger: "203.0.113.30",
} as const satisfies Partial<Record<Place, string>>;

/** Where Tailscale's servers are found: the control server, its API, DERP and STUN. */
export const TAILSCALE_ADDRESS = "203.0.113.1";

/** The range of the internet's own addresses. */
export const INTERNET = { cidr: "203.0.113.0/24", prefix: 24 };

/** Where the internet has resolvers: two that anybody may ask, and the one of the laptop's provider. */
export const RESOLVERS = { public: ["1.1.1.1", "8.8.8.8"], provider: "203.0.113.53" } as const;

/** Names of Tailscale's servers, which its programs have built in. */
export const TAILSCALE_NAMES = ["controlplane.tailscale.com", "api.tailscale.com"] as const;

/** The VPC: its range, and a host that is to be reached through a router. */
export const VPC = { cidr: "10.80.0.0/16", prefix: 16, host: "10.80.1.10" };

/** How many routers there can be at a time. */
export const ROUTER_SLOTS = 10;

/** Addresses of the router in a slot, counted from 0. */
export function routerAddresses(slot: number): { internet: string; vpc: string } {
  const last = String(10 + slot);
  return { internet: `203.0.113.${last}`, vpc: `10.80.0.${last}` };
}

/** Name of the network namespace of a place, or of an instance by its id. */
export function namespaceOf(tailnet: string, place: string): string {
  return `k8s-test-${tailnet}-${place}`;
}
