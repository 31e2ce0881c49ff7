import { strict as assert } from "node:assert";

import * as fc from "fast-check";

import { judge } from "../../../policy/rule";
import { inboundNarrow } from "../../../policy/rules/inboundNarrow";
import { broken, describeRule, foundOf } from "../../support/policy";

const rule = {
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  path: "cidrIpv4",
} as const;
const group = { type: "aws:ec2/securityGroup:SecurityGroup", path: "ingress" } as const;

describeRule(
  inboundNarrow,
  {
    "a rule for the whole internet": {
      ...rule,
      value: "0.0.0.0/0",
      found: "cidrIpv4 has 0.0.0.0/0",
    },
    "the same by IPv6": { ...rule, path: "cidrIpv6", value: "::/0", found: "cidrIpv6 has ::/0" },
    "one half of it": { ...rule, value: "128.0.0.0/1", found: "cidrIpv4 has 128.0.0.0/1" },
    "a group that lets everybody in": {
      ...group,
      value: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
      found: "ingress.0.cidrBlocks has 0.0.0.0/0",
    },
    "a default group that does": {
      type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
      path: "ingress",
      value: [{ protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] }],
      found: "ingress.0.ipv6CidrBlocks has ::/0",
    },
  },
  () => {
    it("forbids a list of ranges, which rules name by its id, to have everything in it", async () => {
      const list = "aws:ec2/managedPrefixList:ManagedPrefixList";
      assert.deepEqual(
        await foundOf(inboundNarrow, list, { entries: [{ cidr: "10.0.0.0/8" }, { cidr: "::/0" }] }),
        ["entries.1.cidr has ::/0"],
      );
      const entry = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";
      assert.deepEqual(await foundOf(inboundNarrow, entry, { cidr: "0.0.0.0/0" }), [
        "cidr has 0.0.0.0/0",
      ]);
    });

    it("forbids a rule of the older kind, and lets everything out", async () => {
      const type = "aws:ec2/securityGroupRule:SecurityGroupRule";
      const inputs = { type: "ingress", cidrBlocks: ["0.0.0.0/0"] };
      assert.deepEqual(await foundOf(inboundNarrow, type, inputs), ["cidrBlocks has 0.0.0.0/0"]);
      assert.deepEqual(await foundOf(inboundNarrow, type, { ...inputs, type: "egress" }), []);
    });

    it("takes ranges of /8 and smaller, whatever they are, and no larger one", async () => {
      await fc.assert(
        fc.asyncProperty(fc.ipV4(), fc.integer({ min: 0, max: 32 }), async (address, bits) => {
          const { wrong } = await broken({
            ...rule,
            value: `${address}/${String(bits)}`,
            found: [],
          });
          assert.equal((await judge(inboundNarrow, [wrong])).length, bits < 8 ? 1 : 0);
        }),
      );
    });
  },
);
