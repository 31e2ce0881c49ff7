import { actionsOf, allow, type PolicyStatement } from "../policyDocument";
import { arnOf, ec2Arns, markedBy, newlyOwn, own, type DeployerScope } from "./deployerScope";

/** What of EC2's makes what. */
const MAKE: Readonly<Record<string, string>> = {
  AuthorizeSecurityGroupEgress: "security-group-rule",
  AuthorizeSecurityGroupIngress: "security-group-rule",
  CreateLaunchTemplate: "launch-template",
  CreateSecurityGroup: "security-group",
};

/** Security groups, launch templates and what is launched by them, the router with its key. */
export function instanceRights(scope: DeployerScope): PolicyStatement[] {
  return [...groupRights(scope), ...launchRights(scope), ...routerRights(scope)];
}

function groupRights(scope: DeployerScope): PolicyStatement[] {
  const made = ec2Arns(scope, Object.values(MAKE));
  const groups = ec2Arns(scope, ["security-group", "security-group-rule"]);
  return [
    allow(
      "InstancesMake",
      Object.keys(MAKE).map((call) => `ec2:${call}`),
      made,
      newlyOwn(scope),
    ),
    // A VPC that was there before bears no mark.
    allow("SecurityGroupsMakeInVpc", ["ec2:CreateSecurityGroup"], ec2Arns(scope, ["vpc"])),
    allow("InstancesMark", ["ec2:CreateTags"], made, markedBy(scope, Object.keys(MAKE))),
    allow("SecurityGroups", actionsOf("ec2", GROUPS), groups, own(scope)),
    // The cluster's own group, which EKS has made, lets the router in.
    allow("SecurityGroupOfCluster", actionsOf("ec2", RULES), ec2Arns(scope, ["security-group"]), {
      StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${scope.clusterName}`]: "owned" },
    }),
  ];
}

const RULES = [
  "AuthorizeSecurityGroupIngress ModifySecurityGroupRules RevokeSecurityGroupIngress",
].join(" ");

const GROUPS = [
  "AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateTags DeleteSecurityGroup",
  "DeleteTags ModifySecurityGroupRules RevokeSecurityGroupEgress RevokeSecurityGroupIngress",
].join(" ");

/** Auto Scaling and EKS launch instances, but only for who may do so by the template. */
function launchRights(scope: DeployerScope): PolicyStatement[] {
  const { partition, region } = scope;
  const templates = ec2Arns(scope, ["launch-template"]);
  const launched = ["instance", "network-interface", "security-group", "subnet", "volume"];
  const images = ["image/*", "snapshot/*"].map((kind) => `arn:${partition}:ec2:${region}::${kind}`);
  return [
    allow(
      "LaunchTemplates",
      actionsOf(
        "ec2",
        "CreateLaunchTemplateVersion CreateTags DeleteLaunchTemplate DeleteTags ModifyLaunchTemplate RunInstances",
      ),
      templates,
      own(scope),
    ),
    allow("LaunchByTemplate", ["ec2:RunInstances"], [...ec2Arns(scope, launched), ...images], {
      ArnLike: { "ec2:LaunchTemplate": templates },
    }),
    allow("LaunchNamed", ["ec2:CreateTags"], ec2Arns(scope, ["instance", "volume"]), {
      StringEquals: { "ec2:CreateAction": "RunInstances" },
    }),
    // The router's template names the newest image by a parameter of AWS' own.
    allow(
      "LaunchNewestImage",
      ["ssm:GetParameters"],
      // Its account is left empty in its ARN.
      [`arn:${partition}:ssm:${region}:*:parameter/aws/service/ami-amazon-linux-latest/*`],
    ),
  ];
}

function routerRights(scope: DeployerScope): PolicyStatement[] {
  const { clusterName } = scope;
  const group = `autoScalingGroup:*:autoScalingGroupName/${clusterName}-tailnet-router`;
  return [
    allow("RouterGroup", actionsOf("autoscaling", ROUTER), [arnOf(scope, "autoscaling", group)]),
    allow("RouterKey", actionsOf("ssm", KEY), [
      arnOf(scope, "ssm", `parameter/k8s-test/${clusterName}/*`),
    ]),
  ];
}

const ROUTER = [
  "CancelInstanceRefresh CreateAutoScalingGroup CreateOrUpdateTags DeleteAutoScalingGroup",
  "DeleteTags PutLifecycleHook StartInstanceRefresh UpdateAutoScalingGroup",
].join(" ");

const KEY = [
  "AddTagsToResource DeleteParameter GetParameter GetParameters ListTagsForResource PutParameter",
  "RemoveTagsFromResource",
].join(" ");
