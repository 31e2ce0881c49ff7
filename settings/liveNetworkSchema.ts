import * as z from "zod";

import { cidr, ec2Id, retentionDays } from "./awsFields";
import { choice, integer, list, pattern } from "./fields";

/** The network of the cluster in the cloud: one that is made, or one that is there. */
export const liveNetworkSchema = z
  .strictObject({
    cidr: cidr(
      "Address range of the VPC, which the tailnet gets a route for; /16 to /21.",
      "10.80.0.0/16",
    ).default("10.80.0.0/16"),
    zones: integer("Availability zones.", 2, 3, 2).default(2),
    nat: choice("NAT gateways: one in each zone, or a single one at less cost.", [
      "perZone",
      "single",
    ]).default("perZone"),
    interfaceEndpoints: list(
      pattern(/^(?!com\.|s3$)[a-z0-9.-]+$/, {
        description: "Service.",
        example: "ecr.api",
        allowed:
          "the end of an endpoint service's name, such as ecr.api; not s3, which has a gateway",
      }),
      "AWS services that are reached without NAT, each at a price per zone.",
    ).default([]),
    flowLogRetentionDays: retentionDays(
      "Days for which flow logs are kept; none are written without it.",
    ).optional(),
    vpcId: ec2Id("A VPC that is there already; then none is made.", "vpc").optional(),
    publicSubnetIds: list(
      ec2Id("Subnet.", "subnet"),
      "Its subnets that face the internet, for a load balancer that does.",
    ).default([]),
    privateSubnetIds: list(
      ec2Id("Subnet.", "subnet"),
      "Its subnets for everything else, in at least two zones.",
    ).default([]),
  })
  .prefault({});
