import { textAt } from "../inputs";
import { ofType, type StackRule } from "../rule";

/** A zone that fails takes no other one's way out with it. */
export const natPerZone: StackRule = {
  name: "nat-per-zone",
  demands: "A VPC with NAT has a gateway in each of its zones, unless a waiver says why not.",
  why: "with one gateway for all, its zone takes every other zone's way out with it",
  allowed: "as many NAT gateways as zones, or a waiver with a reason and an end date",
  mend: (stack) => `pulumi config set --stack ${stack} --path live.network.nat perZone`,
  judgeAll: (resources) => {
    const [gateway, ...others] = ofType(resources, "aws:ec2/natGateway:NatGateway");
    const zones = new Set(
      ofType(resources, "aws:ec2/subnet:Subnet")
        .map(({ inputs }) => textAt(inputs, "availabilityZone"))
        .filter((zone) => zone !== undefined),
    );
    if (gateway === undefined) return [];
    // Several in one subnet are in one zone; of a subnet that is not known yet, it is another one.
    const count = new Set(
      [gateway, ...others].map(({ urn, inputs }) => textAt(inputs, "subnetId") ?? urn),
    ).size;
    if (count >= zones.size) return [];
    const gateways = count === 1 ? "1 NAT gateway" : `${String(count)} NAT gateways`;
    return [{ resource: gateway, found: `${gateways} for ${String(zones.size)} zones` }];
  },
};
