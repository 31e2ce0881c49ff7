import type { JsonObject } from "../../sandbox/providers/skeleton/json";
import type { Cloud, Made } from "./cloud";

/** A network with two zones, from whose private subnets the internet can be reached. */
export interface Network {
  vpc: Made;
  gateway: Made;
  publicSubnet: Made;
  privateSubnets: Made[];
  address: Made;
  nat: Made;
  table: Made;
  route: Made;
  associations: Made[];
}

/** Makes one. */
export async function makeNetwork(cloud: Cloud): Promise<Network> {
  const vpc = await cloud.make("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.80.0.0/16" });
  const vpcId = vpc.id;
  const gateway = await cloud.make("aws:ec2/internetGateway:InternetGateway", "gateway", { vpcId });
  const subnet = (name: string, cidrBlock: string, zone: string): Promise<Made> =>
    cloud.make("aws:ec2/subnet:Subnet", name, { vpcId, cidrBlock, availabilityZone: zone });
  const publicSubnet = await subnet("public", "10.80.0.0/24", "eu-central-1a");
  const privateSubnets = [
    await subnet("private-a", "10.80.16.0/20", "eu-central-1a"),
    await subnet("private-b", "10.80.32.0/20", "eu-central-1b"),
  ];
  const address = await cloud.make("aws:ec2/eip:Eip", "address", { domain: "vpc" });
  const nat = await cloud.make("aws:ec2/natGateway:NatGateway", "nat", {
    subnetId: publicSubnet.id,
    allocationId: address.id,
  });
  const table = await cloud.make("aws:ec2/routeTable:RouteTable", "table", { vpcId });
  const routeTableId = table.id;
  const route = await cloud.make("aws:ec2/route:Route", "route", {
    routeTableId,
    destinationCidrBlock: "0.0.0.0/0",
    natGatewayId: nat.id,
  });
  const associations = [];
  for (const { name, id } of privateSubnets) {
    associations.push(
      await cloud.make("aws:ec2/routeTableAssociation:RouteTableAssociation", name, {
        routeTableId,
        subnetId: id,
      }),
    );
  }
  return { vpc, gateway, publicSubnet, privateSubnets, address, nat, table, route, associations };
}

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "eks.amazonaws.com" } },
  ],
});

export function makeRole(cloud: Cloud, name: string): Promise<Made> {
  return cloud.make("aws:iam/role:Role", name, { assumeRolePolicy: TRUST });
}

/** Makes a cluster in a network, without add-ons. */
export async function makeCluster(
  cloud: Cloud,
  network: Network,
  more: JsonObject = {},
): Promise<Made> {
  return cloud.make("aws:eks/cluster:Cluster", "cluster", {
    name: "live",
    roleArn: more["roleArn"] ?? (await makeRole(cloud, "cluster")).state.values["arn"] ?? "",
    version: "1.34",
    bootstrapSelfManagedAddons: false,
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    vpcConfig: {
      subnetIds: network.privateSubnets.map(({ id }) => id),
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    },
    ...more,
  });
}
