import { actionsOf, allow, type PolicyStatement } from "../policyDocument";

/** Looks that AWS limits to no resource, or that are made before its name is known. */
export function lookRights(): PolicyStatement[] {
  return [
    allow("LookAtNetworks", actionsOf("ec2", EC2), ["*"]),
    allow(
      "LookAtGroups",
      actionsOf(
        "autoscaling",
        "DescribeAutoScalingGroups DescribeInstanceRefreshes DescribeScalingActivities DescribeWarmPool",
      ),
      ["*"],
    ),
    // The target group whose requests an app scales on, by its tags.
    allow("LookForTargetGroups", actionsOf("elasticloadbalancing", TARGET_GROUPS), ["*"]),
    allow("LookForLogGroups", ["logs:DescribeLogGroups"], ["*"]),
    allow("LookForParameters", ["ssm:DescribeParameters"], ["*"]),
  ];
}

const TARGET_GROUPS = "DescribeTags DescribeTargetGroupAttributes DescribeTargetGroups";

const EC2 = [
  "DescribeAddresses DescribeAddressesAttribute DescribeAvailabilityZones DescribeFlowLogs",
  "DescribeInstances DescribeInternetGateways DescribeLaunchTemplateVersions",
  "DescribeLaunchTemplates DescribeNatGateways DescribeNetworkAcls DescribeNetworkInterfaces",
  "DescribePrefixLists DescribeRouteTables DescribeSecurityGroupRules DescribeSecurityGroups",
  "DescribeSubnets DescribeVpcAttribute DescribeVpcEndpoints DescribeVpcs",
].join(" ");
