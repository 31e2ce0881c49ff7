import type * as pulumi from "@pulumi/pulumi";

/** What the rest of the platform needs of a network, be it made here or there already. */
export interface ClusterNetwork {
  readonly vpcId: pulumi.Output<string>;
  /** Address range of the VPC. */
  readonly cidrBlock: pulumi.Output<string>;
  /** For load balancers that face the internet; one for each zone. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly publicSubnetCidrs: pulumi.Output<string[]>;
  /** For nodes, pods, the router and internal load balancers; one for each zone. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetCidrs: pulumi.Output<string[]>;
  /** What must be there, and stay, for a private subnet to reach the internet and AWS's services. */
  readonly egress: pulumi.Resource[];
}
