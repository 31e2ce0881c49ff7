import { look, named, type DeployerCall } from "./calls";
import { role } from "./passing";

/** What the functions need: who one is may always be asked, and some have no network behind them. */
export const lookCalls: Readonly<Record<string, DeployerCall[]>> = {
  getCallerIdentity: [],
  getPartition: [],
  "lb.getHostedZoneId": [],
  "lb.getTargetGroup": look(
    "elasticloadbalancing",
    "DescribeTags DescribeTargetGroupAttributes DescribeTargetGroups",
  ),
  getAvailabilityZones: look("ec2", "DescribeAvailabilityZones"),
  "iam.getSessionContext": named("iam", "GetRole", role("deployer"), {}, ["deployer", "admin"]),
  "ec2.getVpc": look("ec2", "DescribeRouteTables DescribeVpcAttribute DescribeVpcs"),
  "ec2.getSubnet": look("ec2", "DescribeSubnets"),
};
