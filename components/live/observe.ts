import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { isIP, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

import { isWithin } from "./addressRange";
import type { Attempt } from "./askApi";
import { systemLookup } from "./systemLookup";
import { tailscaleStatus, type TailscaleStatus } from "./tailscaleStatus";

/** What can be seen from this machine of the way to a cluster's API that does not answer. */
export interface Observations {
  /** Name, or address, of the API. */
  host: string;
  /** Range of the VPC, which the tailnet's router advertises. */
  vpcCidr: string;
  /** How far the request came. */
  attempt: Attempt;
  /** Addresses of this machine. */
  localAddresses: string[];
  /** Addresses that this machine's resolver has for the host; the host itself where it is one. */
  addresses: string[];
  /** Addresses that a public resolver has, asked only where this machine's has none. */
  publicAddresses: string[];
  /** Address from which this machine sends to the host. Undefined where it has no route at all. */
  sourceAddress?: string | undefined;
  /** What Tailscale says here. Undefined where there is no Tailscale client to ask. */
  tailscale?: TailscaleStatus | undefined;
}

/** What is asked of this machine. Nothing of it needs a privilege. */
export interface Machine {
  localAddresses(): string[];
  lookup(host: string): Promise<string[]>;
  lookupPublicly(host: string): Promise<string[]>;
  sourceAddressTo(address: string): Promise<string>;
  tailscale(): Promise<TailscaleStatus | undefined>;
}

/** Longest that one question may take: a resolver that is away takes its callers half a minute. */
const TIMEOUT_MS = 3000;

/** Cloudflare's and Google's: neither of them holds private addresses back. */
const PUBLIC_RESOLVERS = ["1.1.1.1", "8.8.8.8"];

export const thisMachine: Machine = {
  localAddresses: () =>
    Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address)),
  lookup: async (host) => (await systemLookup(host)).map(({ address }) => address),
  lookupPublicly: async (host) => {
    const resolver = new Resolver({ timeout: TIMEOUT_MS / PUBLIC_RESOLVERS.length, tries: 1 });
    resolver.setServers(PUBLIC_RESOLVERS);
    return resolver.resolve4(host);
  },
  sourceAddressTo: async (address) => {
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    try {
      // Sends nothing: a datagram socket that is connected has only been given its route.
      socket.connect(443, address);
      await once(socket, "connect");
      return socket.address().address;
    } finally {
      socket.close();
    }
  },
  tailscale: () => tailscaleStatus(TIMEOUT_MS),
};

/** Looks at the way to an API that has not answered. Never rejects: what fails was not seen. */
export async function observe(
  host: string,
  vpcCidr: string,
  attempt: Attempt,
  machine: Machine = thisMachine,
  timeoutMs = TIMEOUT_MS,
): Promise<Observations> {
  const seen = <T>(question: Promise<T>): Promise<T | undefined> => inTime(question, timeoutMs);
  const tailscale = seen(machine.tailscale());
  const addresses = isIP(host) === 0 ? ((await seen(machine.lookup(host))) ?? []) : [host];
  const publicAddresses =
    addresses.length === 0 ? ((await seen(machine.lookupPublicly(host))) ?? []) : [];
  const all = [...addresses, ...publicAddresses];
  const address = all.find((candidate) => isWithin(candidate, [vpcCidr])) ?? all[0];
  return {
    host,
    vpcCidr,
    attempt,
    localAddresses: machine.localAddresses(),
    addresses,
    publicAddresses,
    sourceAddress: address === undefined ? undefined : await seen(machine.sourceAddressTo(address)),
    tailscale: await tailscale,
  };
}

/** The answer, where there is one and it comes in time. */
async function inTime<T>(question: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  const timeout = new AbortController();
  try {
    const late = sleep(timeoutMs, undefined, { signal: timeout.signal });
    return await Promise.race([question, late]);
  } catch {
    return undefined;
  } finally {
    timeout.abort();
  }
}
