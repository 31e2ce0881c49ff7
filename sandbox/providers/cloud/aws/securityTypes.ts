import { objectsAt } from "../../skeleton/json";
import { find, known, type CloudType, type Reference, type Subject } from "../cloudType";
import { arn, ec2Id, hex } from "../identifiers";
import { refer } from "../references";

/** Groups that name another one in a rule of theirs keep it from being deleted. */
function groupReferences({ inputs }: Pick<Subject, "inputs">): Reference[] {
  const rules = [...objectsAt(inputs, "ingress"), ...objectsAt(inputs, "egress")];
  return [
    ...refer(inputs, "vpcId", "vpc", { holds: true }),
    ...rules.flatMap((rule) => refer(rule, "securityGroups", "securityGroup", { holds: true })),
  ];
}

/** A rule of a group, as a resource of its own. */
const rule: CloudType = {
  id: ({ seed }) => ec2Id("sgr", seed),
  hasGeneratedId: true,
  outputs: ({ place }, id) => ({
    arn: arn(place, "ec2", `security-group-rule/${id}`),
    securityGroupRuleId: id,
  }),
  fixed: ["securityGroupId"],
  check: (inputs) => {
    const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
    const given = peers.filter((peer) => inputs[peer] !== undefined);
    const reason = `exactly one of ${peers.join(", ")} is to be given, and not ${String(given.length)}`;
    return given.length === 1 ? [] : [{ property: "cidrIpv4", reason }];
  },
  refers: ({ inputs }) => [
    ...refer(inputs, "securityGroupId", "securityGroup"),
    ...refer(inputs, "referencedSecurityGroupId", "securityGroup", { holds: true }),
  ],
};

/** Security groups and their rules. */
export const securityTypes: Readonly<Record<string, CloudType>> = {
  "aws:ec2/securityGroup:SecurityGroup": {
    id: ({ seed }) => ec2Id("sg", seed),
    hasGeneratedId: true,
    nameInput: "name",
    outputs: ({ place }, id) => ({
      arn: arn(place, "ec2", `security-group/${id}`),
      description: "Managed by Pulumi",
      ownerId: place.accountId,
    }),
    fixed: ["name", "namePrefix", "description", "vpcId"],
    refers: groupReferences,
    held: (id) => `DependencyViolation: resource ${id} has a dependent object`,
  },

  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    // It came with its network: it is taken over, and emptied, not made.
    id: ({ inputs, existence, seed }) => {
      const vpc = find(existence, "aws:ec2/vpc:Vpc", "id", inputs["vpcId"]);
      return known(vpc?.state ?? {}, "defaultSecurityGroupId") ?? ec2Id("sg", seed);
    },
    hasGeneratedId: false,
    outputs: ({ place }, id) => ({
      arn: arn(place, "ec2", `security-group/${id}`),
      description: "default VPC security group",
      name: "default",
      namePrefix: "",
      ownerId: place.accountId,
    }),
    fixed: ["vpcId"],
    refers: ({ inputs }) => refer(inputs, "vpcId", "vpc"),
  },

  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    id: ({ seed }) => `sgrule-${String(parseInt(hex(seed, 8), 16))}`,
    hasGeneratedId: true,
    outputs: ({ seed }) => ({ securityGroupRuleId: ec2Id("sgr", seed) }),
    fixed: [
      "type",
      "fromPort",
      "toPort",
      "protocol",
      "securityGroupId",
      "cidrBlocks",
      "ipv6CidrBlocks",
      "prefixListIds",
      "self",
      "sourceSecurityGroupId",
    ],
    refers: ({ inputs }) => [
      ...refer(inputs, "securityGroupId", "securityGroup"),
      ...refer(inputs, "sourceSecurityGroupId", "securityGroup", { holds: true }),
    ],
  },

  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule,
};
