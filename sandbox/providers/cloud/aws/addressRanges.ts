import { Netmask } from "netmask";

import { textAt, type JsonObject } from "../../skeleton/json";
import type { CheckFailure } from "../../skeleton/resourceProvider";
import { find, known, type Subject } from "../cloudType";

/** Prefix lengths that AWS takes, of networks and of subnets. */
const SHORTEST_PREFIX = 16;
const LONGEST_PREFIX = 28;

/** What is wrong with an IPv4 range among inputs. */
export function rangeProblems(inputs: JsonObject, property: string): CheckFailure[] {
  const text = known(inputs, property);
  if (text === undefined) return [];
  const range = rangeOf(text);
  if (range === undefined) {
    return [{ property, reason: `${text} is no IPv4 range, such as 10.80.0.0/16` }];
  }
  const given = text.split("/")[0] ?? "";
  if (range.base !== given) {
    return [{ property, reason: `${text} has host bits set: the range is ${range.toString()}` }];
  }
  return range.bitmask < SHORTEST_PREFIX || range.bitmask > LONGEST_PREFIX
    ? [{ property, reason: `${text} must be from /16 to /28` }]
    : [];
}

/** Why a subnet cannot be in its network: it lies outside, or over another one. */
export function subnetRefusal({ inputs, existence }: Subject): string | undefined {
  const [text, vpcId] = [known(inputs, "cidrBlock"), known(inputs, "vpcId")];
  const range = text === undefined ? undefined : rangeOf(text);
  if (text === undefined || range === undefined || !existence.isKnown) return undefined;
  const vpc = find(existence, "aws:ec2/vpc:Vpc", "id", vpcId);
  const network = rangeOf(textAt(vpc?.state, "cidrBlock"));
  if (network !== undefined && !network.contains(range)) {
    return `InvalidSubnet.Range: The CIDR '${text}' is invalid: not within ${network.toString()}.`;
  }
  const other = existence
    .all("aws:ec2/subnet:Subnet")
    .filter(({ state }) => state["vpcId"] === vpcId)
    .map(({ state }) => textAt(state, "cidrBlock") ?? "")
    .find((cidr) => overlap(range, rangeOf(cidr)));
  return other === undefined
    ? undefined
    : `InvalidSubnet.Conflict: The CIDR '${text}' conflicts with another subnet (${other}).`;
}

function overlap(a: Netmask, b: Netmask | undefined): boolean {
  return b !== undefined && (a.contains(b) || b.contains(a));
}

function rangeOf(text: string | undefined): Netmask | undefined {
  if (text === undefined || !/^\d+(?:\.\d+){3}\/\d+$/.test(text)) return undefined;
  try {
    return new Netmask(text);
  } catch {
    return undefined;
  }
}
