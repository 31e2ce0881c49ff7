import { ACCOUNT } from "../iam";
import { ec2, look, make, makeEc2, named, own, retagEc2, type DeployerCall } from "./calls";
import { pass } from "./passing";

/** What the VPC and all that is in it needs. */
export const networkCalls: Readonly<Record<string, DeployerCall[]>> = {
  "ec2.Vpc": [
    ...makeEc2("CreateVpc", "vpc"),
    ...own("ec2", "DeleteVpc ModifyVpcAttribute", ec2("vpc")),
    ...look("ec2", "DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroups"),
    ...look("ec2", "DescribeVpcAttribute DescribeVpcs"),
    ...retagEc2("vpc"),
  ],
  "ec2.DefaultSecurityGroup": [
    ...look("ec2", "DescribeSecurityGroups"),
    ...make("ec2", "CreateTags", ec2("security-group")),
    ...own("ec2", "RevokeSecurityGroupEgress RevokeSecurityGroupIngress", ec2("security-group")),
  ],
  "ec2.Subnet": [
    ...makeEc2("CreateSubnet", "subnet"),
    ...own("ec2", "CreateSubnet", ec2("vpc")),
    ...own("ec2", "DeleteSubnet ModifySubnetAttribute", ec2("subnet")),
    ...look("ec2", "DescribeNetworkInterfaces DescribeSubnets"),
    ...retagEc2("subnet"),
  ],
  "ec2.InternetGateway": [
    ...makeEc2("CreateInternetGateway", "internet-gateway"),
    ...own("ec2", "AttachInternetGateway DetachInternetGateway", ec2("internet-gateway")),
    ...own("ec2", "AttachInternetGateway DetachInternetGateway", ec2("vpc")),
    ...own("ec2", "DeleteInternetGateway", ec2("internet-gateway")),
    ...look("ec2", "DescribeInternetGateways"),
    ...retagEc2("internet-gateway"),
  ],
  "ec2.Eip": [
    ...makeEc2("AllocateAddress", "elastic-ip"),
    ...own("ec2", "DisassociateAddress ReleaseAddress", ec2("elastic-ip")),
    ...named("ec2", "DisassociateAddress", ec2("network-interface"), {}, [ACCOUNT, "210987654321"]),
    ...look("ec2", "DescribeAddresses DescribeAddressesAttribute"),
    ...retagEc2("elastic-ip"),
  ],
  "ec2.NatGateway": [
    ...makeEc2("CreateNatGateway", "natgateway"),
    ...own("ec2", "CreateNatGateway", ec2("subnet")),
    ...own("ec2", "CreateNatGateway", ec2("elastic-ip")),
    ...own("ec2", "DeleteNatGateway", ec2("natgateway")),
    ...look("ec2", "DescribeNatGateways"),
    ...retagEc2("natgateway"),
  ],
  "ec2.RouteTable": [
    ...makeEc2("CreateRouteTable", "route-table"),
    ...own("ec2", "CreateRouteTable", ec2("vpc")),
    ...own("ec2", "DeleteRouteTable", ec2("route-table")),
    ...look("ec2", "DescribeRouteTables"),
    ...retagEc2("route-table"),
  ],
  "ec2.Route": [
    ...own("ec2", "CreateRoute DeleteRoute ReplaceRoute", ec2("route-table")),
    ...look("ec2", "DescribeRouteTables"),
  ],
  "ec2.RouteTableAssociation": ["route-table", "subnet"].flatMap((kind) =>
    own(
      "ec2",
      "AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation",
      ec2(kind),
    ),
  ),
  "ec2.VpcEndpoint": [
    ...makeEc2("CreateVpcEndpoint", "vpc-endpoint"),
    ...["route-table", "security-group", "subnet", "vpc"].flatMap((kind) =>
      own("ec2", "CreateVpcEndpoint", ec2(kind)),
    ),
    ...["route-table", "security-group", "subnet", "vpc-endpoint"].flatMap((kind) =>
      own("ec2", "ModifyVpcEndpoint", ec2(kind)),
    ),
    ...own("ec2", "DeleteVpcEndpoints", ec2("vpc-endpoint")),
    ...look("ec2", "DescribePrefixLists DescribeVpcEndpoints"),
    ...retagEc2("vpc-endpoint"),
    ...named("route53", "AssociateVPCWithHostedZone", "arn:aws:route53:::hostedzone/Z1", {}, [
      ":aws:",
      ":aws-cn:",
    ]),
  ],
  "ec2.FlowLog": [
    ...makeEc2("CreateFlowLogs", "vpc-flow-log"),
    ...own("ec2", "CreateFlowLogs", ec2("vpc")),
    ...own("ec2", "DeleteFlowLogs", ec2("vpc-flow-log")),
    ...look("ec2", "DescribeFlowLogs"),
    ...retagEc2("vpc-flow-log"),
    ...pass("vpc-flow-logs.amazonaws.com"),
  ],
};
