import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

const EVERYWHERE = "0.0.0.0/0";

export interface RoutesArgs {
  clusterName: string;
  vpcId: pulumi.Input<string>;
  /** One for each zone. */
  publicSubnets: ec2.Subnet[];
  /** One for each zone. */
  privateSubnets: ec2.Subnet[];
  /** `perZone`: a NAT gateway in each zone; else one for all. */
  nat: string;
}

/** Public subnets reach the internet, and are reached; private ones only reach it, by NAT. */
export function routes(
  name: string,
  args: RoutesArgs,
  child: pulumi.CustomResourceOptions,
): {
  /** Route tables of the private subnets. */
  tables: ec2.RouteTable[];
  /** What must be there before a private subnet can reach the internet. */
  ready: pulumi.Resource[];
} {
  const { clusterName, vpcId, publicSubnets, privateSubnets } = args;
  const internet = new ec2.InternetGateway(name, { vpcId, tags: { Name: clusterName } }, child);
  const [publicTable, ...joined] = tableFor(name, args, "public", publicSubnets, child);
  const toInternet = new ec2.Route(
    `${name}-public`,
    { routeTableId: publicTable.id, destinationCidrBlock: EVERYWHERE, gatewayId: internet.id },
    child,
  );

  // A gateway reaches nothing before its own subnet does; and on destroy the subnet must not be cut
  // off before it, or what is in the private subnets could not clean up after itself.
  const online = pulumi.mergeOptions(child, { dependsOn: [toInternet, ...joined] });
  const gateways = (args.nat === "perZone" ? publicSubnets : publicSubnets.slice(0, 1)).map(
    (subnet, zone) => natGateway(`${name}-${String(zone)}`, args, subnet, child, online),
  );
  const ready: pulumi.Resource[] = [];
  const tables = gateways.map((gateway, zone) => {
    const served = args.nat === "perZone" ? privateSubnets.slice(zone, zone + 1) : privateSubnets;
    const suffix = `private-${String(zone)}`;
    const [table, ...associations] = tableFor(name, args, suffix, served, child);
    const route = new ec2.Route(
      `${name}-${suffix}`,
      { routeTableId: table.id, destinationCidrBlock: EVERYWHERE, natGatewayId: gateway.id },
      child,
    );
    ready.push(route, ...associations);
    return table;
  });
  return { tables, ready };
}

/** A route table, and what puts subnets under it. */
function tableFor(
  name: string,
  { clusterName, vpcId }: RoutesArgs,
  suffix: string,
  subnets: ec2.Subnet[],
  child: pulumi.CustomResourceOptions,
): [ec2.RouteTable, ...ec2.RouteTableAssociation[]] {
  const table = new ec2.RouteTable(
    `${name}-${suffix}`,
    { vpcId, tags: { Name: `${clusterName}-${suffix}` } },
    child,
  );
  const associations = subnets.map(
    (subnet, index) =>
      new ec2.RouteTableAssociation(
        `${name}-${suffix}-${String(index)}`,
        { routeTableId: table.id, subnetId: subnet.id },
        child,
      ),
  );
  return [table, ...associations];
}

function natGateway(
  name: string,
  { clusterName }: RoutesArgs,
  subnet: ec2.Subnet,
  child: pulumi.CustomResourceOptions,
  online: pulumi.CustomResourceOptions,
): ec2.NatGateway {
  const tags = { Name: `${clusterName}-nat` };
  const address = new ec2.Eip(name, { domain: "vpc", tags }, child);
  return new ec2.NatGateway(name, { subnetId: subnet.id, allocationId: address.id, tags }, online);
}
