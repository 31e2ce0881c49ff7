import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import type { Problem } from "../problem";
import { refuseLater } from "../refuseLater";
import { TAILNET_RANGES } from "./addressRange";
import type { ClusterNetwork } from "./clusterNetwork";
import { isInside, overlaps } from "./subnets";

export interface ExistingNetworkArgs {
  /** VPC, with DNS support and DNS host names switched on. */
  vpcId: string;
  /** Subnets that face the internet, tagged `kubernetes.io/role/elb`. None for internal apps only. */
  publicSubnetIds: string[];
  /** Subnets of at least two zones, tagged `kubernetes.io/role/internal-elb`, that reach the internet. */
  privateSubnetIds: string[];
}

/** A VPC that is there already. Nothing of it is changed. */
export class ExistingNetwork extends pulumi.ComponentResource implements ClusterNetwork {
  readonly vpcId: pulumi.Output<string>;
  readonly cidrBlock: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly publicSubnetCidrs: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetCidrs: pulumi.Output<string[]>;
  readonly egress: pulumi.Resource[] = [];

  constructor(name: string, args: ExistingNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:ExistingNetwork", name, {}, opts);
    const read = (ids: string[]): pulumi.Output<ec2.GetSubnetResult[]> =>
      pulumi.all(ids.map((id) => ec2.getSubnetOutput({ id }, { parent: this })));

    const checked = pulumi
      .all([
        ec2.getVpcOutput({ id: args.vpcId }, { parent: this }),
        read(args.publicSubnetIds),
        read(args.privateSubnetIds),
      ])
      .apply(([vpc, publicSubnets, privateSubnets]) => {
        refuseLater(
          `ExistingNetwork "${name}"`,
          existingNetworkProblems(vpc, publicSubnets, privateSubnets),
        );
        return { vpc, publicSubnets, privateSubnets };
      });

    this.vpcId = checked.vpc.id;
    this.cidrBlock = checked.vpc.cidrBlock;
    const of = <Key extends "id" | "cidrBlock">(kind: SubnetKind, key: Key) =>
      checked.apply((found) => found[kind].map((subnet) => subnet[key]));
    this.publicSubnetIds = of("publicSubnets", "id");
    this.publicSubnetCidrs = of("publicSubnets", "cidrBlock");
    this.privateSubnetIds = of("privateSubnets", "id");
    this.privateSubnetCidrs = of("privateSubnets", "cidrBlock");
    this.registerOutputs({
      vpcId: this.vpcId,
      cidrBlock: this.cidrBlock,
      publicSubnetIds: this.publicSubnetIds,
      publicSubnetCidrs: this.publicSubnetCidrs,
      privateSubnetIds: this.privateSubnetIds,
      privateSubnetCidrs: this.privateSubnetCidrs,
    });
  }
}

type SubnetKind = "publicSubnets" | "privateSubnets";
type Vpc = Pick<ec2.GetVpcResult, "id" | "cidrBlock" | "enableDnsSupport" | "enableDnsHostnames">;
type Subnet = Pick<ec2.GetSubnetResult, "id" | "vpcId" | "cidrBlock" | "availabilityZone">;

/** What keeps a cluster from working in a network, or the tailnet from reaching it there. */
export function existingNetworkProblems(
  vpc: Vpc,
  publicSubnets: Subnet[],
  privateSubnets: Subnet[],
): Problem[] {
  return [
    ...vpcProblems(vpc),
    // Without any, only apps that face the internet cannot be had.
    ...(publicSubnets.length > 0 ? subnetProblems("publicSubnetIds", vpc, publicSubnets) : []),
    ...subnetProblems("privateSubnetIds", vpc, privateSubnets),
    ...routeProblems(vpc, privateSubnets),
  ];
}

function vpcProblems(vpc: Vpc): Problem[] {
  const attributes = {
    "dns-support": vpc.enableDnsSupport,
    "dns-hostnames": vpc.enableDnsHostnames,
  };
  const problems = Object.entries(attributes)
    .filter(([, isOn]) => !isOn)
    .map(([attribute]) => ({
      key: "vpcId",
      given: `${vpc.id}, with ${attribute} switched off`,
      allowed:
        "a VPC with it, as a private endpoint needs it: " +
        `aws ec2 modify-vpc-attribute --vpc-id ${vpc.id} --enable-${attribute}`,
    }));
  const [tailnet] = TAILNET_RANGES;
  if (!overlaps(vpc.cidrBlock, tailnet)) return problems;
  const given = `${vpc.id}, of ${vpc.cidrBlock}`;
  return [
    ...problems,
    { key: "vpcId", given, allowed: `a VPC apart from the tailnet's ${tailnet}` },
  ];
}

function subnetProblems(key: string, vpc: Vpc, subnets: Subnet[]): Problem[] {
  const problems: Problem[] = [];
  const foreign = subnets.filter(({ vpcId }) => vpcId !== vpc.id);
  if (foreign.length > 0) {
    const given = foreign.map(({ id, vpcId }) => `${id} of ${vpcId}`).join(", ");
    problems.push({ key, given, allowed: `subnets of ${vpc.id}` });
  }
  const zones = new Set(subnets.map(({ availabilityZone }) => availabilityZone));
  if (zones.size < 2) {
    const given = subnets.length > 0 ? `subnets of ${[...zones].join(", ")} only` : "none";
    problems.push({ key, given, allowed: "subnets of at least two zones" });
  }
  return problems;
}

/** The tailnet gets a route for the VPC's first range: not for those that were added to it. */
function routeProblems(vpc: Vpc, subnets: Subnet[]): Problem[] {
  const outside = subnets.filter(({ cidrBlock }) => !isInside(cidrBlock, vpc.cidrBlock));
  if (outside.length === 0) return [];
  const given = outside.map(({ id, cidrBlock }) => `${id} of ${cidrBlock}`).join(", ");
  const allowed = `subnets within ${vpc.cidrBlock}, which the tailnet has a route for`;
  return [{ key: "privateSubnetIds", given, allowed }];
}
