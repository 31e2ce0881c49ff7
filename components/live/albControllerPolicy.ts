import { allow, type PolicyDocument } from "./policyDocument";

/** Where the controller works, and on what. */
export interface AlbControllerScope {
  /** Such as `aws`. */
  partition: string;
  region: string;
  accountId: string;
  clusterName: string;
  vpcId: string;
}

/** Tag by which the controller marks all that it makes for a cluster. */
const TAG = "elbv2.k8s.aws/cluster";

/**
 * What the AWS Load Balancer Controller needs for ALBs with targets by IP address: the permissions
 * that its documentation lists, less those for network load balancers, Shield and classic WAF, and
 * limited to the cluster by names (`k8s-…`) and tags, where its documentation has `*`.
 */
export function albControllerPolicy(scope: AlbControllerScope): PolicyDocument {
  const { partition, region, accountId, clusterName, vpcId } = scope;
  const arn = (service: string, rest: string): string =>
    `arn:${partition}:${service}:${region}:${accountId}:${rest}`;
  const securityGroups = arn("ec2", "security-group/*");
  const loadBalancers = arn("elasticloadbalancing", "loadbalancer/app/k8s-*/*");
  const targetGroups = arn("elasticloadbalancing", "targetgroup/k8s-*/*");
  const listeners = arn("elasticloadbalancing", "listener/app/k8s-*/*/*");
  const rules = arn("elasticloadbalancing", "listener-rule/app/k8s-*/*/*/*");
  const isNew = { StringEquals: { [`aws:RequestTag/${TAG}`]: clusterName } };
  const isOwn = { StringEquals: { [`aws:ResourceTag/${TAG}`]: clusterName } };
  const changeRules = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];

  return {
    Version: "2012-10-17",
    Statement: [
      // None of these can be limited to a resource.
      allow("Look", LOOK, ["*"]),
      allow("LookAtCertificates", ["acm:DescribeCertificate"], [arn("acm", "certificate/*")]),
      allow("LookAtGroupsOfTheVpc", ["ec2:GetSecurityGroupsForVpc"], [arn("ec2", `vpc/${vpcId}`)]),
      allow("UseLoadBalancing", ["iam:CreateServiceLinkedRole"], ["*"], {
        StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
      }),
      allow(
        "MakeSecurityGroupsInTheVpc",
        ["ec2:CreateSecurityGroup"],
        [arn("ec2", `vpc/${vpcId}`)],
      ),
      allow("MakeMarkedSecurityGroups", ["ec2:CreateSecurityGroup"], [securityGroups], isNew),
      allow("MarkNewSecurityGroups", ["ec2:CreateTags"], [securityGroups], {
        StringEquals: { ...isNew.StringEquals, "ec2:CreateAction": "CreateSecurityGroup" },
      }),
      allow(
        "ChangeOwnSecurityGroups",
        ["ec2:CreateTags", "ec2:DeleteTags", "ec2:DeleteSecurityGroup", ...changeRules],
        [securityGroups],
        isOwn,
      ),
      // The way from a load balancer to pods is a rule of the nodes' group, which EKS has made.
      allow("LetLoadBalancersIn", changeRules, [securityGroups], {
        StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: "owned" },
      }),
      allow("MakeMarkedLoadBalancers", MAKE, [loadBalancers, targetGroups, listeners], isNew),
      // Marks are given as part of making only: a mark put on later would take what is another's.
      allow(
        "MarkNewLoadBalancers",
        ["elasticloadbalancing:AddTags"],
        [loadBalancers, targetGroups, listeners, rules],
        { StringEquals: { ...isNew.StringEquals, "elasticloadbalancing:CreateAction": MADE_BY } },
      ),
      allow(
        "ChangeOwnLoadBalancers",
        CHANGE,
        [loadBalancers, targetGroups, listeners, rules],
        isOwn,
      ),
      // Two that AWS limits by no tag, and the second by no resource. It does nothing by itself.
      allow("OrderRules", ["elasticloadbalancing:SetRulePriorities"], [rules]),
      allow("LetWebAclsBeUsed", ["elasticloadbalancing:SetWebAcl"], ["*"]),
      allow(
        "UseWebAcls",
        [
          "wafv2:GetWebACL",
          "wafv2:GetWebACLForResource",
          "wafv2:AssociateWebACL",
          "wafv2:DisassociateWebACL",
        ],
        [loadBalancers, arn("wafv2", "regional/webacl/*/*")],
      ),
    ],
  };
}

const LOOK = [
  "acm:ListCertificates",
  "ec2:DescribeAccountAttributes",
  "ec2:DescribeAddresses",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeInstances",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeTags",
  "ec2:DescribeVpcs",
  "elasticloadbalancing:DescribeCapacityReservation",
  "elasticloadbalancing:DescribeListenerAttributes",
  "elasticloadbalancing:DescribeListenerCertificates",
  "elasticloadbalancing:DescribeListeners",
  "elasticloadbalancing:DescribeLoadBalancerAttributes",
  "elasticloadbalancing:DescribeLoadBalancers",
  "elasticloadbalancing:DescribeRules",
  "elasticloadbalancing:DescribeSSLPolicies",
  "elasticloadbalancing:DescribeTags",
  "elasticloadbalancing:DescribeTargetGroupAttributes",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetHealth",
  "elasticloadbalancing:DescribeTrustStores",
];

/** A listener is made on a load balancer, and a rule on a listener. */
const MADE_BY = ["CreateListener", "CreateLoadBalancer", "CreateRule", "CreateTargetGroup"];
const MAKE = MADE_BY.map((call) => `elasticloadbalancing:${call}`);

const CHANGE = [
  "elasticloadbalancing:AddListenerCertificates",
  "elasticloadbalancing:AddTags",
  "elasticloadbalancing:DeleteListener",
  "elasticloadbalancing:DeleteLoadBalancer",
  "elasticloadbalancing:DeleteRule",
  "elasticloadbalancing:DeleteTargetGroup",
  "elasticloadbalancing:DeregisterTargets",
  "elasticloadbalancing:ModifyListener",
  "elasticloadbalancing:ModifyListenerAttributes",
  "elasticloadbalancing:ModifyLoadBalancerAttributes",
  "elasticloadbalancing:ModifyRule",
  "elasticloadbalancing:ModifyTargetGroup",
  "elasticloadbalancing:ModifyTargetGroupAttributes",
  "elasticloadbalancing:RegisterTargets",
  "elasticloadbalancing:RemoveListenerCertificates",
  "elasticloadbalancing:RemoveTags",
  "elasticloadbalancing:SetIpAddressType",
  "elasticloadbalancing:SetSecurityGroups",
  "elasticloadbalancing:SetSubnets",
];
