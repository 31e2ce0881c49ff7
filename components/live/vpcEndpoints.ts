import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";

import type { Problem } from "../problem";

export interface VpcEndpointsArgs {
  clusterName: string;
  /** AWS region. */
  region: string;
  vpcId: pulumi.Input<string>;
  /** Address range of the VPC. */
  cidr: string;
  /** Route tables of the subnets that are to reach S3. */
  routeTableIds: pulumi.Input<string>[];
  /** Subnets in which the interfaces are. */
  subnetIds: pulumi.Input<string>[];
  /** AWS services, by the end of their names, such as `ecr.api`. */
  interfaceEndpoints: string[];
}

/**
 * S3 without NAT, where the layers of images come from, for nothing; and other services for a price.
 * They are to be there before what uses them: one that comes later breaks connections that are open.
 */
export function vpcEndpoints(
  name: string,
  args: VpcEndpointsArgs,
  child: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const { clusterName, region, vpcId, interfaceEndpoints } = args;
  const serviceName = (service: string): string => `com.amazonaws.${region}.${service}`;
  const s3 = new ec2.VpcEndpoint(
    `${name}-s3`,
    {
      vpcId,
      serviceName: serviceName("s3"),
      vpcEndpointType: "Gateway",
      routeTableIds: args.routeTableIds,
      tags: { Name: `${clusterName}-s3` },
    },
    child,
  );
  if (interfaceEndpoints.length === 0) return [s3];

  const securityGroup = new ec2.SecurityGroup(
    `${name}-endpoints`,
    { vpcId, description: `AWS services, as the VPC of ${clusterName} reaches them` },
    child,
  );
  const fromVpc = new vpc.SecurityGroupIngressRule(
    `${name}-endpoints`,
    {
      securityGroupId: securityGroup.id,
      description: "https, from the VPC",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: args.cidr,
    },
    child,
  );
  // As long as an endpoint is there, its service's name leads to it and nowhere else.
  const open = pulumi.mergeOptions(child, { dependsOn: fromVpc });
  const interfaces = interfaceEndpoints.map(
    (service) =>
      new ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId,
          serviceName: serviceName(service),
          vpcEndpointType: "Interface",
          // The service's usual name leads to the interface.
          privateDnsEnabled: true,
          subnetIds: args.subnetIds,
          securityGroupIds: [securityGroup.id],
          tags: { Name: `${clusterName}-${service}` },
        },
        open,
      ),
  );
  return [s3, ...interfaces];
}

/** What is wrong with a list of services. */
export function endpointProblems(services: string[]): Problem[] {
  const allowed = "services by the end of their names, each once, without s3: it has an endpoint";
  return services
    .filter((service, index) => service === "s3" || services.indexOf(service) !== index)
    .map((given) => ({ key: "interfaceEndpoints", given, allowed }));
}
