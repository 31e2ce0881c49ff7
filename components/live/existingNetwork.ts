import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";
import { refuse, type Problem } from "../problem";
import type { ClusterNetwork } from "./clusterNetwork";

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
    const child = childOptions(this, opts);
    const read = (ids: string[]): pulumi.Output<aws.ec2.GetSubnetResult[]> =>
      pulumi.all(ids.map((id) => aws.ec2.getSubnetOutput({ id }, child)));

    const checked = pulumi
      .all([
        aws.ec2.getVpcOutput({ id: args.vpcId }, child),
        read(args.publicSubnetIds),
        read(args.privateSubnetIds),
      ])
      .apply(([vpc, publicSubnets, privateSubnets]) => {
        refuse(
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
type Vpc = Pick<aws.ec2.GetVpcResult, "id" | "enableDnsSupport" | "enableDnsHostnames">;
type Subnet = Pick<aws.ec2.GetSubnetResult, "id" | "vpcId" | "availabilityZone">;

/** What keeps a cluster from working in a network. */
export function existingNetworkProblems(
  vpc: Vpc,
  publicSubnets: Subnet[],
  privateSubnets: Subnet[],
): Problem[] {
  const problems: Problem[] = [];
  if (!vpc.enableDnsSupport || !vpc.enableDnsHostnames) {
    problems.push({
      key: "vpcId",
      given: `${vpc.id}, with DNS support or DNS host names switched off`,
      allowed:
        "a VPC with both, as a private endpoint needs them: " +
        `aws ec2 modify-vpc-attribute --vpc-id ${vpc.id} --enable-dns-hostnames`,
    });
  }
  const subnets = { publicSubnetIds: publicSubnets, privateSubnetIds: privateSubnets };
  for (const [key, list] of Object.entries(subnets)) {
    const foreign = list.filter(({ vpcId }) => vpcId !== vpc.id);
    const given = foreign.map(({ id, vpcId }) => `${id} of ${vpcId}`).join(", ");
    if (given !== "") problems.push({ key, given, allowed: `subnets of ${vpc.id}` });
    const zones = new Set(list.map(({ availabilityZone }) => availabilityZone));
    if (list.length > 0 && zones.size < 2) {
      problems.push({
        key,
        given: `subnets of ${[...zones].join(", ")} only`,
        allowed: "subnets of at least two zones",
      });
    }
  }
  return problems;
}
