import { strict as assert } from "node:assert";

import { albControllerPolicy } from "../../../components/live/albControllerPolicy";
import { ACCOUNT, outcome, type Call } from "../../support/iam";

const SCOPE = {
  partition: "aws",
  region: "eu-central-1",
  accountId: ACCOUNT,
  clusterName: "blue",
  vpcId: "vpc-1",
};

const arn = (service: string, rest: string, region = "eu-central-1"): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`;

const GROUP = arn("ec2", "security-group/sg-1");
const LB = arn("elasticloadbalancing", "loadbalancer/app/k8s-httpbin-httpbin-1/50dc6c495c0c9188");
const TARGETS = arn("elasticloadbalancing", "targetgroup/k8s-httpbin-httpbin-1/50dc6c495c0c9188");
const LISTENER = arn(
  "elasticloadbalancing",
  "listener/app/k8s-httpbin-httpbin-1/50dc6c495c0c9188/f2f7dc8efc522ab2",
);
const RULE = `${LISTENER.replace("listener/", "listener-rule/")}/9683b2d02a6cabee`;

const created = (cluster: string): Record<string, string> => ({
  "aws:RequestTag/elbv2.k8s.aws/cluster": cluster,
  "aws:TagKeys": "elbv2.k8s.aws/cluster",
});
const madeBy = (call: string): Record<string, string> => ({
  ...created("blue"),
  "elasticloadbalancing:CreateAction": call,
});
const marked = (cluster: string): Record<string, string> => ({
  "aws:ResourceTag/elbv2.k8s.aws/cluster": cluster,
});
const nodesOf = (cluster: string): Record<string, string> => ({
  [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: "owned",
});

const ALLOWED: Record<string, Call> = {
  "find subnets": { action: "ec2:DescribeSubnets", resource: "*" },
  "find load balancers": { action: "elasticloadbalancing:DescribeLoadBalancers", resource: "*" },
  "look at a certificate": {
    action: "acm:DescribeCertificate",
    resource: arn("acm", "certificate/0a1b2c3d"),
  },
  "find the security groups of the cluster's VPC": {
    action: "ec2:GetSecurityGroupsForVpc",
    resource: arn("ec2", "vpc/vpc-1"),
  },
  "make a security group of its own": {
    action: "ec2:CreateSecurityGroup",
    resource: GROUP,
    context: created("blue"),
  },
  "make it in the cluster's VPC": {
    action: "ec2:CreateSecurityGroup",
    resource: arn("ec2", "vpc/vpc-1"),
  },
  "open a security group of its own": {
    action: "ec2:AuthorizeSecurityGroupIngress",
    resource: GROUP,
    context: marked("blue"),
  },
  "let its load balancers in to the nodes": {
    action: "ec2:AuthorizeSecurityGroupIngress",
    resource: GROUP,
    context: nodesOf("blue"),
  },
  "delete a security group of its own": {
    action: "ec2:DeleteSecurityGroup",
    resource: GROUP,
    context: marked("blue"),
  },
  "make a load balancer": {
    action: "elasticloadbalancing:CreateLoadBalancer",
    resource: LB,
    context: created("blue"),
  },
  "make a target group": {
    action: "elasticloadbalancing:CreateTargetGroup",
    resource: TARGETS,
    context: created("blue"),
  },
  "mark what it makes": {
    action: "elasticloadbalancing:AddTags",
    resource: LB,
    context: madeBy("CreateLoadBalancer"),
  },
  "make a listener": {
    action: "elasticloadbalancing:CreateListener",
    resource: LB,
    context: created("blue"),
  },
  "make a rule": {
    action: "elasticloadbalancing:CreateRule",
    resource: LISTENER,
    context: created("blue"),
  },
  "order its rules": { action: "elasticloadbalancing:SetRulePriorities", resource: RULE },
  "change a listener": {
    action: "elasticloadbalancing:ModifyListener",
    resource: LISTENER,
    context: marked("blue"),
  },
  "delete a rule": {
    action: "elasticloadbalancing:DeleteRule",
    resource: RULE,
    context: marked("blue"),
  },
  "give a load balancer of its own another tag": {
    action: "elasticloadbalancing:AddTags",
    resource: LB,
    context: { ...marked("blue"), "aws:RequestTag/team": "web" },
  },
  "put a web ACL before a load balancer": {
    action: "wafv2:AssociateWebACL",
    resource: arn("wafv2", "regional/webacl/shop/00000000-1111"),
  },
  "have a load balancer take a web ACL": {
    action: "elasticloadbalancing:SetWebAcl",
    resource: "*",
  },
  "put pods behind it": {
    action: "elasticloadbalancing:RegisterTargets",
    resource: TARGETS,
    context: marked("blue"),
  },
  "delete a load balancer of its own": {
    action: "elasticloadbalancing:DeleteLoadBalancer",
    resource: LB,
    context: marked("blue"),
  },
  "use load balancing for the first time in an account": {
    action: "iam:CreateServiceLinkedRole",
    resource: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`,
    context: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
  },
};

const FORBIDDEN: Record<string, Call> = {
  "make a security group that bears another cluster's mark": {
    action: "ec2:CreateSecurityGroup",
    resource: GROUP,
    context: created("green"),
  },
  "find the security groups of another VPC": {
    action: "ec2:GetSecurityGroupsForVpc",
    resource: arn("ec2", "vpc/vpc-2"),
  },
  "make a security group in another VPC": {
    action: "ec2:CreateSecurityGroup",
    resource: arn("ec2", "vpc/vpc-2"),
  },
  "open a security group that is nobody's": {
    action: "ec2:AuthorizeSecurityGroupIngress",
    resource: GROUP,
  },
  "open the nodes of another cluster": {
    action: "ec2:AuthorizeSecurityGroupIngress",
    resource: GROUP,
    context: nodesOf("green"),
  },
  "delete the nodes' security group": {
    action: "ec2:DeleteSecurityGroup",
    resource: GROUP,
    context: nodesOf("blue"),
  },
  "delete the load balancer of another cluster": {
    action: "elasticloadbalancing:DeleteLoadBalancer",
    resource: LB,
    context: marked("green"),
  },
  "take the load balancer of another cluster by putting its own mark on it": {
    action: "elasticloadbalancing:AddTags",
    resource: LB,
    context: { ...created("blue"), ...marked("green") },
  },
  "take the mark of another cluster off": {
    action: "elasticloadbalancing:RemoveTags",
    resource: LB,
    context: marked("green"),
  },
  "change the listener of another cluster": {
    action: "elasticloadbalancing:ModifyListener",
    resource: LISTENER,
    context: marked("green"),
  },
  "make a listener without its mark": {
    action: "elasticloadbalancing:CreateListener",
    resource: LB,
  },
  "change a listener that no controller has made": {
    action: "elasticloadbalancing:ModifyListener",
    resource: arn("elasticloadbalancing", "listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"),
    context: marked("blue"),
  },
  "send traffic to the targets of another cluster": {
    action: "elasticloadbalancing:RegisterTargets",
    resource: TARGETS,
    context: marked("green"),
  },
  "work in another region": {
    action: "elasticloadbalancing:CreateLoadBalancer",
    resource: LB.replace("eu-central-1", "us-east-1"),
    context: created("blue"),
  },
  "start an instance": { action: "ec2:RunInstances", resource: arn("ec2", "instance/i-1") },
  "pass a role": { action: "iam:PassRole", resource: `arn:aws:iam::${ACCOUNT}:role/admin` },
  "use another service for the first time": {
    action: "iam:CreateServiceLinkedRole",
    resource: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`,
    context: { "iam:AWSServiceName": "eks.amazonaws.com" },
  },
};

describe("albControllerPolicy", () => {
  const policy = albControllerPolicy(SCOPE);

  for (const [what, call] of Object.entries(ALLOWED)) {
    it(`lets the controller ${what}`, async () => {
      assert.equal(await outcome([policy], call), "Allowed");
    });
  }

  for (const [what, call] of Object.entries(FORBIDDEN)) {
    it(`does not let it ${what}`, async () => {
      assert.notEqual(await outcome([policy], call), "Allowed");
    });
  }

  // The simulator's table knows no tags of listeners and rules.
  it("marks listeners and rules as it does load balancers", () => {
    const marking = policy.Statement.filter(({ Action }) =>
      Action.includes("elasticloadbalancing:AddTags"),
    );
    const kinds = ["listener", "listener-rule", "loadbalancer", "targetgroup"];
    for (const { Sid, Resource } of marking) {
      const found = Resource.map((resource) => resource.split(":").at(-1)?.split("/")[0]);
      assert.deepEqual(found.sort(), kinds, Sid);
    }
    assert.deepEqual(
      marking.map(({ Sid }) => Sid),
      ["MarkNewLoadBalancers", "ChangeOwnLoadBalancers"],
    );
  });

  it("names every action, and a resource for each that can be limited to one", () => {
    for (const { Sid, Action, Resource } of policy.Statement) {
      assert.ok(!Action.some((action) => action.includes("*")), Sid);
      const everywhere = ["Look", "UseLoadBalancing", "LetWebAclsBeUsed"];
      assert.equal(Resource.includes("*"), everywhere.includes(Sid), Sid);
    }
  });

  it("fits into an inline policy of a role, which takes 10,240 characters", () => {
    assert.ok(JSON.stringify(policy).length < 10_240);
  });

  it("goes by the partition", () => {
    const china = JSON.stringify(albControllerPolicy({ ...SCOPE, partition: "aws-cn" }));
    assert.ok(!china.includes("arn:aws:"));
  });
});
