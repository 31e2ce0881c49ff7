import { textAt } from "../../skeleton/json";
import { find, known, text, type CloudType, type Subject } from "../cloudType";
import { address, arn, ec2Id, hex } from "../identifiers";
import { dnsSuffix } from "../places";
import { refer } from "../references";
import { rangeProblems, subnetRefusal } from "./addressRanges";
import { zoneId, zonesOf } from "./zones";

/** An id of EC2 of a new resource. */
const generated = (prefix: string) => ({
  id: ({ seed }: Subject) => ec2Id(prefix, seed),
  hasGeneratedId: true,
});

/** Its VPC can only go once it has gone. */
const IN_VPC = { holds: true };

const dependencyViolation =
  (what: string) =>
  (id: string): string =>
    `DependencyViolation: The ${what} '${id}' has dependencies and cannot be deleted.`;

/** Networks and what is in them. */
export const networkTypes: Readonly<Record<string, CloudType>> = {
  "aws:ec2/vpc:Vpc": {
    ...generated("vpc"),
    outputs: ({ place, seed }, id) => ({
      arn: arn(place, "ec2", `vpc/${id}`),
      ownerId: place.accountId,
      enableDnsSupport: true,
      enableDnsHostnames: false,
      instanceTenancy: "default",
      defaultNetworkAclId: ec2Id("acl", seed),
      defaultRouteTableId: ec2Id("rtb", seed),
      mainRouteTableId: ec2Id("rtb", seed),
      defaultSecurityGroupId: ec2Id("sg", seed),
      dhcpOptionsId: ec2Id("dopt", place.region),
      ipv6AssociationId: "",
    }),
    fixed: ["cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    check: (inputs) => rangeProblems(inputs, "cidrBlock"),
    held: dependencyViolation("vpc"),
  },

  "aws:ec2/subnet:Subnet": {
    ...generated("subnet"),
    outputs: ({ place, inputs }, id) => {
      const zone = known(inputs, "availabilityZone") ?? zonesOf(place.region)[0] ?? "";
      return {
        arn: arn(place, "ec2", `subnet/${id}`),
        ownerId: place.accountId,
        availabilityZone: zone,
        availabilityZoneId: zoneId(zone),
        ipv6CidrBlockAssociationId: "",
        mapPublicIpOnLaunch: false,
        privateDnsHostnameTypeOnLaunch: "ip-name",
      };
    },
    fixed: ["vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "outpostArn"],
    check: (inputs) => rangeProblems(inputs, "cidrBlock"),
    refers: ({ inputs }) => refer(inputs, "vpcId", "vpc", IN_VPC),
    refused: subnetRefusal,
    held: dependencyViolation("subnet"),
  },

  "aws:ec2/internetGateway:InternetGateway": {
    ...generated("igw"),
    outputs: ({ place }, id) => ({
      arn: arn(place, "ec2", `internet-gateway/${id}`),
      ownerId: place.accountId,
    }),
    fixed: [],
    refers: ({ inputs }) => refer(inputs, "vpcId", "vpc", IN_VPC),
    held: (id) =>
      `DependencyViolation: Network ${id} has some mapped public address(es). Please unmap those ` +
      "public address(es) before detaching the gateway.",
  },

  "aws:ec2/eip:Eip": {
    ...generated("eipalloc"),
    outputs: ({ place, seed }, id) => {
      const publicIp = address("52.29", seed);
      const { region } = place;
      return {
        allocationId: id,
        arn: arn(place, "ec2", `elastic-ip/${id}`),
        associationId: "",
        carrierIp: "",
        customerOwnedIp: "",
        domain: "vpc",
        privateDns: "",
        privateIp: "",
        ptrRecord: "",
        publicIp,
        publicDns: `ec2-${publicIp.replaceAll(".", "-")}.${region}.compute.${dnsSuffix(place)}`,
      };
    },
    fixed: ["domain", "address", "networkBorderGroup", "publicIpv4Pool", "customerOwnedIpv4Pool"],
    held: (id) => `InvalidIPAddress.InUse: The address with allocation id ${id} is in use.`,
  },

  "aws:ec2/natGateway:NatGateway": {
    ...generated("nat"),
    outputs: ({ seed, inputs, existence }) => {
      const allocation = known(inputs, "allocationId");
      const eip = find(existence, "aws:ec2/eip:Eip", "id", allocation);
      return {
        associationId: ec2Id("eipassoc", seed),
        autoProvisionZones: "disabled",
        autoScalingIps: "disabled",
        connectivityType: "public",
        networkInterfaceId: ec2Id("eni", seed),
        privateIp: address("10.80", seed),
        publicIp: eip?.state["publicIp"] ?? address("52.29", allocation ?? seed),
        regionalNatGatewayAddresses: [],
        regionalNatGatewayAutoMode: "disabled",
        routeTableId: "",
      };
    },
    fixed: ["allocationId", "subnetId", "connectivityType", "privateIp", "vpcId"],
    refers: ({ inputs, existence }) => {
      const subnet = find(existence, "aws:ec2/subnet:Subnet", "id", inputs["subnetId"]);
      const gateway = find(
        existence,
        "aws:ec2/internetGateway:InternetGateway",
        "vpcId",
        subnet?.state["vpcId"],
      );
      return [
        ...refer(inputs, "subnetId", "subnet", { holds: true }),
        ...refer(inputs, "allocationId", "address", { holds: true }),
        // Its address is mapped by the gateway of its VPC.
        ...refer({ id: gateway?.id ?? "" }, "id", "internetGateway", { holds: true }),
      ];
    },
    refused: ({ inputs, existence }) => {
      const isPublic = (known(inputs, "connectivityType") ?? "public") === "public";
      const subnet = find(existence, "aws:ec2/subnet:Subnet", "id", inputs["subnetId"]);
      const vpcId = subnet?.state["vpcId"];
      const gateways = existence.all("aws:ec2/internetGateway:InternetGateway");
      if (!isPublic || gateways.some(({ state }) => state["vpcId"] === vpcId)) return undefined;
      return `Gateway.NotAttached: Network ${textAt(subnet?.state, "vpcId") ?? ""} has no Internet gateway attached`;
    },
  },

  "aws:ec2/routeTable:RouteTable": {
    ...generated("rtb"),
    outputs: ({ place }, id) => ({
      arn: arn(place, "ec2", `route-table/${id}`),
      ownerId: place.accountId,
    }),
    fixed: ["vpcId"],
    refers: ({ inputs }) => refer(inputs, "vpcId", "vpc", IN_VPC),
    held: dependencyViolation("routeTable"),
  },

  "aws:ec2/route:Route": {
    id: ({ inputs }) => {
      const destination =
        known(inputs, "destinationCidrBlock") ?? text(inputs, "destinationIpv6CidrBlock");
      return `r-${text(inputs, "routeTableId")}${hex(destination, 10)}`;
    },
    hasGeneratedId: false,
    outputs: () => ({
      instanceId: "",
      instanceOwnerId: "",
      origin: "CreateRoute",
      state: "active",
    }),
    fixed: [
      "routeTableId",
      "destinationCidrBlock",
      "destinationIpv6CidrBlock",
      "destinationPrefixListId",
    ],
    refers: ({ inputs }) => [
      ...refer(inputs, "routeTableId", "routeTable"),
      ...refer(inputs, "natGatewayId", "natGateway"),
      ...(known(inputs, "gatewayId")?.startsWith("igw-") === true
        ? refer(inputs, "gatewayId", "internetGateway")
        : []),
    ],
  },

  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    ...generated("rtbassoc"),
    outputs: () => ({}),
    fixed: ["subnetId", "gatewayId"],
    refers: ({ inputs }) => [
      ...refer(inputs, "routeTableId", "routeTable", { holds: true }),
      ...refer(inputs, "subnetId", "subnet"),
    ],
    refused: ({ inputs, existence }) => {
      const subnetId = known(inputs, "subnetId");
      const type = "aws:ec2/routeTableAssociation:RouteTableAssociation";
      return subnetId === undefined || find(existence, type, "subnetId", subnetId) === undefined
        ? undefined
        : `Resource.AlreadyAssociated: ${subnetId} is associated with a route table already`;
    },
  },
};
