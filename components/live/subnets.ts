import { Netmask } from "netmask";

import type { Problem } from "../problem";

/** Greatest number of zones: a quarter of the network stays free. */
export const MAX_ZONES = 3;

/** A prefix within which both a load balancer's subnets (/27 at least) and many pods fit. */
const LONGEST_PREFIX = 21;
/** What AWS allows for a VPC. */
const SHORTEST_PREFIX = 16;

/** Ranges that no host of the internet has (RFC 1918). */
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** What is allowed for the range of a network, in words. */
export const NETWORK_ALLOWED = `a range of ${PRIVATE_RANGES.join(", ")}, from /${String(SHORTEST_PREFIX)} to /${String(LONGEST_PREFIX)}, by its first address`;

/** Address ranges of the subnets of a network, by zone. */
export interface SubnetPlan {
  /** For load balancers and NAT: a sixty-fourth of the network each. */
  public: string[];
  /** For nodes, pods and the cluster's own interfaces: an eighth of the network each. */
  private: string[];
}

/**
 * Lays out subnets, the same for a zone however many there are: each has its own quarter of the
 * network, whose first half is private, and the start of whose second half is public. The rest is free.
 *
 * @param cidr - Range of the network, one for which {@link networkProblems} has nothing to say.
 * @param zones - How many zones, up to {@link MAX_ZONES}.
 */
export function subnetPlan(cidr: string, zones: number): SubnetPlan {
  const { base, bitmask } = new Netmask(cidr);
  const plans = Array.from({ length: zones }, (_, zone) => {
    const quarter = new Netmask(base, bitmask + 2).next(zone);
    const half = new Netmask(quarter.base, bitmask + 3);
    return { private: half, public: new Netmask(half.next().base, bitmask + 6) };
  });
  return {
    public: plans.map((plan) => plan.public.toString()),
    private: plans.map((plan) => plan.private.toString()),
  };
}

/** What is wrong with the range and the zones of a network. */
export function networkProblems({ cidr, zones }: { cidr: string; zones: number }): Problem[] {
  const problems: Problem[] = [];
  if (!isUsable(cidr)) {
    problems.push({
      key: "cidr",
      given: cidr,
      allowed: NETWORK_ALLOWED,
      suggestion: "10.80.0.0/16",
    });
  }
  if (!Number.isInteger(zones) || zones < 2 || zones > MAX_ZONES) {
    const allowed = `from 2 to ${String(MAX_ZONES)}: EKS asks for two`;
    problems.push({ key: "zones", given: String(zones), allowed, suggestion: 2 });
  }
  return problems;
}

function isUsable(cidr: string): boolean {
  const network = parse(cidr);
  if (network === undefined) return false;
  const { bitmask } = network;
  return (
    network.toString() === cidr &&
    bitmask >= SHORTEST_PREFIX &&
    bitmask <= LONGEST_PREFIX &&
    PRIVATE_RANGES.some((range) => isInside(cidr, range))
  );
}

/** Whether two ranges have an address in common. Ranges that cannot be read have none. */
export function overlaps(one: string, other: string): boolean {
  return isInside(one, other) || isInside(other, one);
}

/** Whether the whole of a range is in another. One that cannot be read is in none. */
export function isInside(inner: string, outer: string): boolean {
  const range = parse(inner);
  return range !== undefined && parse(outer)?.contains(range) === true;
}

function parse(cidr: string): Netmask | undefined {
  try {
    return new Netmask(cidr);
  } catch {
    return undefined;
  }
}
