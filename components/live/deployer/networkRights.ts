import { actionsOf, allow, type PolicyStatement } from "../policyDocument";
import { ec2Arns, markedBy, newlyOwn, own, unmarked, type DeployerScope } from "./deployerScope";

/** What of EC2's makes what. */
const MAKE: Readonly<Record<string, string>> = {
  AllocateAddress: "elastic-ip",
  CreateFlowLogs: "vpc-flow-log",
  CreateInternetGateway: "internet-gateway",
  CreateNatGateway: "natgateway",
  CreateRouteTable: "route-table",
  CreateSubnet: "subnet",
  CreateVpc: "vpc",
  CreateVpcEndpoint: "vpc-endpoint",
};

/** A VPC with all that is in it. Not needed where the VPC is there already. */
export function networkRights(scope: DeployerScope): PolicyStatement[] {
  const { partition } = scope;
  const made = ec2Arns(scope, Object.values(MAKE));
  return [
    allow(
      "NetworkMake",
      Object.keys(MAKE).map((call) => `ec2:${call}`),
      made,
      newlyOwn(scope),
    ),
    allow(
      "NetworkMakeInside",
      actionsOf(
        "ec2",
        "CreateFlowLogs CreateNatGateway CreateRouteTable CreateSubnet CreateVpcEndpoint",
      ),
      ec2Arns(scope, ["elastic-ip", "route-table", "security-group", "subnet", "vpc"]),
      own(scope),
    ),
    allow("NetworkMark", ["ec2:CreateTags"], made, markedBy(scope, Object.keys(MAKE))),
    allow("NetworkChange", actionsOf("ec2", CHANGE), ec2Arns(scope, [...KINDS]), own(scope)),
    // An address that is let go may still be named by the interface of a NAT gateway, which has no tag.
    allow("NetworkLetGo", ["ec2:DisassociateAddress"], ec2Arns(scope, ["network-interface"])),
    // The group that a VPC begins with is made by nobody: it is marked, and then emptied.
    allow(
      "NetworkAdoptDefaultGroup",
      ["ec2:CreateTags"],
      ec2Arns(scope, ["security-group"]),
      unmarked(scope),
    ),
    // Asked for by an endpoint that takes over a service's usual name.
    allow(
      "NetworkNameEndpoints",
      ["route53:AssociateVPCWithHostedZone"],
      [`arn:${partition}:route53:::hostedzone/*`],
    ),
  ];
}

const KINDS = [...Object.values(MAKE), "security-group"];

const CHANGE = [
  "AssociateRouteTable AttachInternetGateway CreateRoute CreateTags DeleteFlowLogs",
  "DeleteInternetGateway DeleteNatGateway DeleteRoute DeleteRouteTable DeleteSubnet DeleteTags",
  "DeleteVpc DeleteVpcEndpoints DetachInternetGateway DisassociateAddress DisassociateRouteTable",
  "ModifySubnetAttribute ModifyVpcAttribute ModifyVpcEndpoint ReleaseAddress ReplaceRoute",
  "ReplaceRouteTableAssociation",
].join(" ");
