import { isObject, objectsAt, textAt, type Json, type JsonObject } from "../../skeleton/json";
import { find, known, type CloudFunction, type CloudRecord, type Scene } from "../cloudType";
import { arn, ec2Id, hex } from "../identifiers";
import { zoneId, zonesOf } from "./zones";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";

/** What a program can ask of networks. What is not known is made up, where nothing can be known. */
export const networkFunctions: Readonly<Record<string, CloudFunction>> = {
  "aws:ec2/getVpc:getVpc": (args, { place, existence }) => {
    const id = known(args, "id") ?? ec2Id("vpc", JSON.stringify(args));
    const state = stateOf(find(existence, VPC, "id", id), existence.isKnown, "EC2 VPC");
    const cidrBlock = state["cidrBlock"] ?? "10.80.0.0/16";
    return {
      id,
      arn: arn(place, "ec2", `vpc/${id}`),
      cidrBlock,
      cidrBlockAssociations: [
        { associationId: ec2Id("vpc-cidr-assoc", id), cidrBlock, state: "associated" },
      ],
      default: false,
      dhcpOptionsId: ec2Id("dopt", place.region),
      enableDnsHostnames: state["enableDnsHostnames"] ?? true,
      enableDnsSupport: state["enableDnsSupport"] ?? true,
      enableNetworkAddressUsageMetrics: false,
      instanceTenancy: "default",
      ipv6AssociationId: "",
      ipv6CidrBlock: "",
      ipv6CidrBlockAssociations: [],
      mainRouteTableId: state["mainRouteTableId"] ?? ec2Id("rtb", id),
      ownerId: place.accountId,
      region: place.region,
      state: "available",
      tags: state["tags"] ?? {},
    };
  },

  "aws:ec2/getSubnet:getSubnet": (args, { place, existence }) => {
    const id = known(args, "id") ?? ec2Id("subnet", JSON.stringify(args));
    const state = stateOf(find(existence, SUBNET, "id", id), existence.isKnown, "EC2 Subnet");
    // Of subnets that are made up, any two lie in two zones, more often than not.
    const number = parseInt(hex(id, 2), 16);
    const zones = zonesOf(place.region);
    const zone = textAt(state, "availabilityZone") ?? zones[number % zones.length] ?? "";
    return {
      id,
      arn: arn(place, "ec2", `subnet/${id}`),
      assignIpv6AddressOnCreation: false,
      availabilityZone: zone,
      availabilityZoneId: zoneId(zone),
      availableIpAddressCount: 251,
      cidrBlock: state["cidrBlock"] ?? `10.80.${String(number)}.0/24`,
      customerOwnedIpv4Pool: "",
      defaultForAz: false,
      enableDns64: false,
      enableLniAtDeviceIndex: 0,
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      ipv6CidrBlock: "",
      ipv6CidrBlockAssociationId: "",
      ipv6Native: false,
      mapCustomerOwnedIpOnLaunch: false,
      mapPublicIpOnLaunch: state["mapPublicIpOnLaunch"] ?? false,
      outpostArn: "",
      ownerId: place.accountId,
      privateDnsHostnameTypeOnLaunch: "ip-name",
      region: place.region,
      state: "available",
      tags: state["tags"] ?? {},
      vpcId: state["vpcId"] ?? known(args, "vpcId") ?? ec2Id("vpc", "existing"),
    };
  },

  "aws:ec2/getSubnets:getSubnets": (args, { place, existence }) => ({
    id: place.region,
    region: place.region,
    ids: existence.isKnown
      ? existence
          .all(SUBNET)
          .filter((subnet) => objectsAt(args, "filters").every((filter) => passes(subnet, filter)))
          .map(({ id }) => id)
      : ["a", "b"].map((zone) => ec2Id("subnet", zone + JSON.stringify(args))),
    tags: args["tags"] ?? {},
  }),

  "aws:ec2/getRouteTable:getRouteTable": (args, scene) => {
    const id = known(args, "routeTableId") ?? tableOf(args, scene);
    return {
      id,
      routeTableId: id,
      arn: arn(scene.place, "ec2", `route-table/${id}`),
      associations: [],
      gatewayId: "",
      ownerId: scene.place.accountId,
      region: scene.place.region,
      routes: [],
      subnetId: known(args, "subnetId") ?? "",
      tags: {},
      vpcId: known(args, "vpcId") ?? "",
    };
  },
};

/** @throws where it is known that there is none. */
function stateOf(record: CloudRecord | undefined, isKnown: boolean, what: string): JsonObject {
  if (record === undefined && isKnown) throw new Error(`no matching ${what} found`);
  return record?.state ?? {};
}

/** Whether a subnet passes one of EC2's filters. */
function passes({ state }: CloudRecord, filter: JsonObject): boolean {
  const name = textAt(filter, "name") ?? "";
  const values = filter["values"];
  const isWanted = (value: Json | undefined): boolean =>
    Array.isArray(values) && value !== undefined && values.includes(value);
  const tags = isObject(state["tags"]) ? state["tags"] : {};
  if (name === "tag-key") return Object.keys(tags).some(isWanted);
  if (name.startsWith("tag:")) return isWanted(tags[name.slice("tag:".length)]);
  if (name === "vpc-id") return isWanted(state["vpcId"]);
  if (name === "availability-zone") return isWanted(state["availabilityZone"]);
  throw new Error(`The offline provider does not know the filter ${name} of getSubnets.`);
}

function tableOf(args: JsonObject, { existence }: Scene): string {
  const type = "aws:ec2/routeTableAssociation:RouteTableAssociation";
  const association = find(existence, type, "subnetId", known(args, "subnetId"));
  return textAt(association?.state, "routeTableId") ?? ec2Id("rtb", JSON.stringify(args));
}
