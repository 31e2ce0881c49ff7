import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";
import { refuse, type Problem } from "../problem";
import type { ClusterNetwork } from "./clusterNetwork";
import { flowLogs } from "./flowLogs";
import { routes } from "./routes";
import { networkProblems, subnetPlan } from "./subnets";
import { endpointProblems, vpcEndpoints } from "./vpcEndpoints";
import { zoneNames } from "./zones";

/** How private subnets reach the internet; {@link NetworkArgs.nat} says what each is. */
export const NAT_MODES = ["perZone", "single"];

export interface NetworkArgs {
  /** Name of the EKS cluster that the network is for: what the VPC and its parts are called. */
  clusterName: string;
  /** AWS region. */
  region: string;
  /** Address range of the VPC: private, from /16 to /21. */
  cidr: string;
  /** How many zones: 2 or 3. */
  zones: number;
  /**
   * `perZone`: a NAT gateway in each zone, so that a zone that fails takes no other with it;
   * `single`: one for all zones, at a half or a third of the price.
   */
  nat: string;
  /** AWS services that are reached without NAT, by the end of their names, such as `ecr.api`. */
  interfaceEndpoints: string[];
  /** Days for which the VPC's flow logs are kept. @default none are written */
  flowLogRetentionDays?: number;
}

/** By these the load balancer controller finds the subnets for a scheme. */
const LOAD_BALANCER_TAGS = {
  public: "kubernetes.io/role/elb",
  private: "kubernetes.io/role/internal-elb",
} as const;

/** A VPC with a public and a private subnet in each zone. */
export class Network extends pulumi.ComponentResource implements ClusterNetwork {
  readonly vpcId: pulumi.Output<string>;
  readonly cidrBlock: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly publicSubnetCidrs: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetCidrs: pulumi.Output<string[]>;
  readonly egress: pulumi.Resource[];

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const self = `Network "${name}"`;
    refuse(self, argumentProblems(args));
    super("k8s-test:live:Network", name, {}, opts);
    const child = childOptions(this, opts);
    const plan = subnetPlan(args.cidr, args.zones);
    const zones = zoneNames(self, args.zones, child);

    const vpc = new ec2.Vpc(
      name,
      {
        cidrBlock: args.cidr,
        // Both are asked for by a private endpoint of EKS.
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags: { Name: args.clusterName },
      },
      child,
    );
    // Whatever forgets to name a security group gets one that lets nothing through.
    new ec2.DefaultSecurityGroup(name, { vpcId: vpc.id, ingress: [], egress: [] }, child);

    const subnetOf = (kind: "public" | "private", zone: number): ec2.Subnet =>
      new ec2.Subnet(
        `${name}-${kind}-${String(zone)}`,
        {
          vpcId: vpc.id,
          cidrBlock: plan[kind][zone] ?? "",
          availabilityZone: zones.apply((names) => names[zone] ?? ""),
          tags: {
            Name: `${args.clusterName}-${kind}-${String(zone)}`,
            [LOAD_BALANCER_TAGS[kind]]: "1",
          },
        },
        // A zone that comes or goes in AWS's list must not move the subnets of the others.
        { ...child, ignoreChanges: ["availabilityZone"] },
      );
    const publicSubnets = plan.public.map((_, zone) => subnetOf("public", zone));
    const privateSubnets = plan.private.map((_, zone) => subnetOf("private", zone));

    const { tables, ready } = routes(
      name,
      { ...args, vpcId: vpc.id, publicSubnets, privateSubnets },
      child,
    );
    const endpoints = vpcEndpoints(
      name,
      {
        ...args,
        vpcId: vpc.id,
        routeTableIds: tables.map(({ id }) => id),
        subnetIds: privateSubnets.map(({ id }) => id),
      },
      child,
    );
    if (args.flowLogRetentionDays !== undefined) {
      const { clusterName, flowLogRetentionDays: retentionDays } = args;
      flowLogs(name, { clusterName, vpcId: vpc.id, retentionDays }, child);
    }

    this.vpcId = vpc.id;
    this.cidrBlock = vpc.cidrBlock;
    this.publicSubnetIds = pulumi.all(publicSubnets.map(({ id }) => id));
    this.publicSubnetCidrs = pulumi.output(plan.public);
    this.privateSubnetIds = pulumi.all(privateSubnets.map(({ id }) => id));
    this.privateSubnetCidrs = pulumi.output(plan.private);
    this.egress = [...ready, ...endpoints];
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

function argumentProblems(args: NetworkArgs): Problem[] {
  const problems = [...networkProblems(args), ...endpointProblems(args.interfaceEndpoints)];
  if (!NAT_MODES.includes(args.nat)) {
    const allowed = `one of ${NAT_MODES.join(", ")}`;
    problems.push({ key: "nat", given: args.nat, allowed, suggestion: "perZone" });
  }
  return problems;
}
