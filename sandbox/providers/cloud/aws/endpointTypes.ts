import { known, knownList, text, type CloudType } from "../cloudType";
import { arn, ec2Id, hex } from "../identifiers";
import { refer } from "../references";

/** Private ways from a network to AWS' services, and the log of its traffic. */
export const endpointTypes: Readonly<Record<string, CloudType>> = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    id: ({ seed }) => ec2Id("vpce", seed),
    hasGeneratedId: true,
    outputs: ({ place, seed, inputs }, id) => {
      const service = text(inputs, "serviceName");
      const isInterface = known(inputs, "vpcEndpointType") === "Interface";
      const subnets = knownList(inputs, "subnetIds");
      const dnsName = `${id}-${hex(seed, 8)}.${service.split(".").at(-1) ?? ""}`;
      return {
        arn: arn(place, "ec2", `vpc-endpoint/${id}`),
        cidrBlocks: isInterface ? [] : ["52.219.170.0/23"],
        dnsEntries: isInterface
          ? [
              {
                dnsName: `${dnsName}.${place.region}.vpce.amazonaws.com`,
                hostedZoneId: "Z273ZU8SZ5RJPC",
              },
            ]
          : [],
        networkInterfaceIds: isInterface
          ? subnets.map((subnet) => ec2Id("eni", seed + subnet))
          : [],
        ownerId: place.accountId,
        prefixListId: isInterface ? "" : ec2Id("pl", service),
        requesterManaged: false,
        state: "available",
        vpcEndpointType: "Gateway",
      };
    },
    fixed: ["vpcId", "serviceName", "vpcEndpointType", "serviceRegion"],
    refers: ({ inputs }) => [
      ...refer(inputs, "vpcId", "vpc", { holds: true }),
      ...refer(inputs, "subnetIds", "subnet", { holds: true }),
      ...refer(inputs, "securityGroupIds", "securityGroup", { holds: true }),
      ...refer(inputs, "routeTableIds", "routeTable"),
    ],
  },

  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": {
    id: ({ inputs }) =>
      `a-${text(inputs, "vpcEndpointId")}${hex(text(inputs, "routeTableId"), 10)}`,
    hasGeneratedId: false,
    outputs: () => ({}),
    fixed: ["routeTableId", "vpcEndpointId"],
    refers: ({ inputs }) => [
      ...refer(inputs, "routeTableId", "routeTable"),
      ...refer(inputs, "vpcEndpointId", "vpcEndpoint"),
    ],
  },

  "aws:ec2/flowLog:FlowLog": {
    id: ({ seed }) => ec2Id("fl", seed),
    hasGeneratedId: true,
    outputs: ({ place }, id) => ({
      arn: arn(place, "ec2", `vpc-flow-log/${id}`),
      logDestinationType: "cloud-watch-logs",
      maxAggregationInterval: 600,
    }),
    fixed: [
      "vpcId",
      "subnetId",
      "eniId",
      "iamRoleArn",
      "logDestination",
      "logDestinationType",
      "logFormat",
      "maxAggregationInterval",
      "trafficType",
    ],
    refers: ({ inputs }) => [
      ...refer(inputs, "vpcId", "vpc"),
      ...refer(inputs, "subnetId", "subnet"),
      ...refer(inputs, "iamRoleArn", "roleArn"),
    ],
  },
};
