import { at, listAt, type Value } from "../inputs";
import type { RegisteredResource, ResourceRule } from "../rule";

const GROUPS = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
];
const LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";
const LIST_ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";
const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const OLD_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** Ranges of fewer bits than this are taken for everywhere: no network of one's own is as large. */
const LEAST_BITS = 8;

/** Nothing is open to the world. That of the load balancer is made by its controller, not by a stack. */
export const inboundNarrow: ResourceRule = {
  name: "inbound-narrow",
  demands: "No security group of a stack lets everybody in.",
  why: "the load balancer is the one way in, and its controller makes the group for it",
  allowed: "another security group, or an address range of at least /8",
  mend: () => "name the group or the range that connects, in place of the whole internet",
  types: [...GROUPS, RULE, OLD_RULE, LIST, LIST_ENTRY],
  judge: (resource) => JUDGES[resource.type]?.(resource) ?? [],
};

const ofGroup = ({ inputs }: RegisteredResource): string[] =>
  listAt(inputs, "ingress").flatMap((rule, index) => wide(rule, `ingress.${String(index)}.`));

const JUDGES: Readonly<Record<string, (resource: RegisteredResource) => string[]>> = {
  ...Object.fromEntries(GROUPS.map((type) => [type, ofGroup])),
  [RULE]: ({ inputs }) =>
    ["cidrIpv4", "cidrIpv6"].flatMap((key) => everywhere(key, at(inputs, key))),
  // A rule names a list by its id alone: so a list has no such range, whatever it is for.
  [LIST]: ({ inputs }) =>
    listAt(inputs, "entries").flatMap((entry, index) =>
      everywhere(`entries.${String(index)}.cidr`, at(entry, "cidr")),
    ),
  [LIST_ENTRY]: ({ inputs }) => everywhere("cidr", at(inputs, "cidr")),
  [OLD_RULE]: ({ inputs }) => (at(inputs, "type") === "ingress" ? wide(inputs, "") : []),
};

function wide(rule: Value, prefix: string): string[] {
  return ["cidrBlocks", "ipv6CidrBlocks"].flatMap((key) =>
    listAt(rule, key).flatMap((range) => everywhere(`${prefix}${key}`, range)),
  );
}

function everywhere(path: string, range: Value | undefined): string[] {
  if (typeof range !== "string") return [];
  const bits = Number(range.split("/")[1] ?? "32");
  return bits < LEAST_BITS ? [`${path} has ${range}`] : [];
}
