import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";
import { hostnamePrefix } from "./router/hostnamePrefix";
import { routerAccess } from "./router/routerAccess";
import { routerInstances } from "./router/routerInstances";

export interface TailnetRouterArgs {
  /** Name of the EKS cluster that the router leads to. */
  clusterName: string;
  /** AWS region of the cluster. */
  region: string;
  /** VPC of the cluster. */
  vpcId: pulumi.Input<string>;
  /** Address range of the VPC: what the router advertises, and nothing else. */
  vpcCidr: pulumi.Input<string>;
  /** Subnets to run in, from which the internet can be reached. */
  privateSubnetIds: pulumi.Input<string[]>;
  /** The cluster's own security group, which lets the router in on port 443. */
  clusterSecurityGroupId: pulumi.Input<string>;
  /** How many instances: 1, or 2 of which either may fail. */
  size: number;
  /** EC2 instance type of an arm64 family. */
  instanceType: string;
  /** Tag of the router's devices, such as `tag:router`. The tailnet's policy file must know it. */
  tag: string;
  /** Seconds to wait for the instances to join before the update fails. */
  waitSeconds: number;
}

/**
 * A Tailscale subnet router into a VPC: an auto scaling group whose instances count only once they
 * have joined the tailnet. Nothing can connect to them but devices of the tailnet.
 */
export class TailnetRouter extends pulumi.ComponentResource {
  /** What the host names of the router's devices begin with. */
  readonly hostnamePrefix: pulumi.Output<string>;
  /** Security group of the instances. */
  readonly securityGroupId: pulumi.Output<string>;
  /** What must be there before the cluster's API can be reached. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: TailnetRouterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:TailnetRouter", name, {}, opts);
    const child = childOptions(this, opts);
    const groupName = `${args.clusterName}-tailnet-router`;
    const prefix = hostnamePrefix(args.clusterName, args.region);

    const { parameter, profile, policy } = routerAccess(name, { ...args, groupName }, child);
    const { securityGroup, egress } = firewall(name, args, child);
    const group = routerInstances(
      name,
      {
        ...args,
        groupName,
        hostnamePrefix: prefix,
        subnetIds: args.privateSubnetIds,
        securityGroupId: securityGroup.id,
        profileArn: profile.arn,
        parameterName: parameter.name,
        route: args.vpcCidr,
      },
      pulumi.mergeOptions(child, { dependsOn: [policy, egress] }),
    );
    const rule = apiRule(name, args, securityGroup, child);

    this.hostnamePrefix = pulumi.output(prefix);
    this.securityGroupId = securityGroup.id;
    this.ready = [group, rule];
    this.registerOutputs({
      hostnamePrefix: this.hostnamePrefix,
      securityGroupId: this.securityGroupId,
    });
  }
}

/** Lets nothing in: a router asks, also where devices connect to it. Out, Tailscale needs any port. */
function firewall(
  name: string,
  { clusterName, vpcId }: TailnetRouterArgs,
  child: pulumi.CustomResourceOptions,
): { securityGroup: ec2.SecurityGroup; egress: vpc.SecurityGroupEgressRule } {
  const securityGroup = new ec2.SecurityGroup(
    name,
    { vpcId, description: `Subnet router of ${clusterName}` },
    child,
  );
  const egress = new vpc.SecurityGroupEgressRule(
    name,
    {
      securityGroupId: securityGroup.id,
      description: "To the tailnet and the VPC",
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
    },
    child,
  );
  return { securityGroup, egress };
}

/** The one way from the router to the cluster. */
function apiRule(
  name: string,
  { clusterSecurityGroupId }: TailnetRouterArgs,
  securityGroup: ec2.SecurityGroup,
  child: pulumi.CustomResourceOptions,
): vpc.SecurityGroupIngressRule {
  return new vpc.SecurityGroupIngressRule(
    name,
    {
      securityGroupId: clusterSecurityGroupId,
      referencedSecurityGroupId: securityGroup.id,
      description: "Kubernetes API, from the subnet router",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    },
    child,
  );
}
