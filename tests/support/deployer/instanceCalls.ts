import { ACCOUNT } from "../iam";
import { arn, ec2, look, makeEc2, named, own, retagEc2, SCOPE, type DeployerCall } from "./calls";
import { LAUNCH } from "./launch";
import { firstTime } from "./passing";

const KEY = arn("kms", "key/00000000-1111-2222-3333-444444444444");
const bySsm = { "kms:ViaService": `ssm.${SCOPE.region}.amazonaws.com` };
const PARAMETER = arn("ssm", "parameter/k8s-test/blue/tailnet-router");
/** AWS leaves the account of what is its own empty, which the simulator does not take. */
const PUBLIC_IMAGE = `arn:aws:ssm:${SCOPE.region}:000000000000:parameter/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64`;
const ROUTER = arn("autoscaling", "autoScalingGroup:0f0f:autoScalingGroupName/blue-tailnet-router");

const RULE = [
  ...look("ec2", "DescribeSecurityGroupRules DescribeSecurityGroups"),
  ...retagEc2("security-group-rule"),
  ...own("ec2", "ModifySecurityGroupRules", ec2("security-group-rule")),
];

/** A rule of the group that EKS has made for the cluster. */
function clusterRule(names: string): DeployerCall[] {
  const key = "aws:ResourceTag/kubernetes.io/cluster/blue";
  return named("ec2", names, ec2("security-group"), { [key]: "owned" }, [ACCOUNT, "210987654321"]);
}

/** What security groups, launch templates and the router need. */
export const instanceCalls: Readonly<Record<string, DeployerCall[]>> = {
  "ec2.SecurityGroup": [
    ...makeEc2("CreateSecurityGroup", "security-group"),
    ...named("ec2", "CreateSecurityGroup", ec2("vpc"), {}, [ACCOUNT, "210987654321"]),
    ...own("ec2", "DeleteSecurityGroup RevokeSecurityGroupEgress", ec2("security-group")),
    ...look("ec2", "DescribeNetworkInterfaces DescribeSecurityGroups"),
    ...retagEc2("security-group"),
  ],
  "vpc.SecurityGroupIngressRule": [
    ...RULE,
    ...own(
      "ec2",
      "AuthorizeSecurityGroupIngress ModifySecurityGroupRules RevokeSecurityGroupIngress",
      ec2("security-group"),
    ),
    ...clusterRule(
      "AuthorizeSecurityGroupIngress ModifySecurityGroupRules RevokeSecurityGroupIngress",
    ),
    ...makeEc2("AuthorizeSecurityGroupIngress", "security-group-rule"),
  ],
  "vpc.SecurityGroupEgressRule": [
    ...RULE,
    ...own(
      "ec2",
      "AuthorizeSecurityGroupEgress ModifySecurityGroupRules RevokeSecurityGroupEgress",
      ec2("security-group"),
    ),
    ...makeEc2("AuthorizeSecurityGroupEgress", "security-group-rule"),
  ],
  "ec2.LaunchTemplate": [
    ...makeEc2("CreateLaunchTemplate", "launch-template"),
    ...own(
      "ec2",
      "CreateLaunchTemplateVersion DeleteLaunchTemplate ModifyLaunchTemplate",
      ec2("launch-template"),
    ),
    ...look("ec2", "DescribeLaunchTemplateVersions DescribeLaunchTemplates"),
    ...retagEc2("launch-template"),
  ],
  "autoscaling.Group": [
    ...named(
      "autoscaling",
      "CancelInstanceRefresh CreateAutoScalingGroup CreateOrUpdateTags DeleteAutoScalingGroup DeleteTags PutLifecycleHook StartInstanceRefresh UpdateAutoScalingGroup",
      ROUTER,
    ),
    ...look(
      "autoscaling",
      "DescribeAutoScalingGroups DescribeInstanceRefreshes DescribeScalingActivities DescribeWarmPool",
    ),
    ...named("ssm", "GetParameters", PUBLIC_IMAGE, {}, ["ami-amazon-linux-latest", "ecs"]),
    ...LAUNCH,
    ...firstTime("autoscaling.amazonaws.com"),
  ],
  "ssm.Parameter": [
    ...named(
      "ssm",
      "AddTagsToResource DeleteParameter GetParameter GetParameters ListTagsForResource PutParameter RemoveTagsFromResource",
      PARAMETER,
    ),
    ...look("ssm", "DescribeParameters"),
    ...own("kms", "Decrypt Encrypt GenerateDataKey", KEY, bySsm),
  ],
};
