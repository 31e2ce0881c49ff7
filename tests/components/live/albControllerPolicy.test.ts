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

const created = (cluster: string): Record<string, string> => ({
  "aws:RequestTag/elbv2.k8s.aws/cluster": cluster,
  "aws:TagKeys": "elbv2.k8s.aws/cluster",
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
  "mark a load balancer as part of making it": {
    action: "elasticloadbalancing:AddTags",
    resource: LB,
    context: {
      ...created("blue"),
      "elasticloadbalancing:CreateAction": "CreateLoadBalancer",
    },
  },
  "tag a load balancer of its own anew": {
    action: "elasticloadbalancing:AddTags",
    resource: LB,
    context: marked("blue"),
  },
  "make a listener": {
    action: "elasticloadbalancing:CreateListener",
    resource: LB,
    context: marked("blue"),
  },
  "change a listener": { action: "elasticloadbalancing:ModifyListener", resource: LISTENER },
  "put a web ACL before it": {
    action: "wafv2:AssociateWebACL",
    resource: arn("wafv2", "regional/webacl/shop/50dc6c49"),
  },
  "have it take a web ACL": {
    action: "elasticloadbalancing:CreateWebACLAssociation",
    resource: LB,
    context: marked("blue"),
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
  "take the load balancer of another cluster by marking it": {
    action: "elasticloadbalancing:AddTags",
    resource: LB,
    context: { ...created("blue"), ...marked("green") },
  },
  "make a listener on the load balancer of another cluster": {
    action: "elasticloadbalancing:CreateListener",
    resource: LB,
    context: marked("green"),
  },
  "change the tags of a security group of another cluster": {
    action: "ec2:CreateTags",
    resource: GROUP,
    context: { ...created("blue"), ...marked("green") },
  },
  "put a web ACL before a load balancer that no controller has made": {
    action: "elasticloadbalancing:CreateWebACLAssociation",
    resource: arn("elasticloadbalancing", "loadbalancer/app/shop/50dc6c495c0c9188"),
  },
  "take the web ACL from the load balancer of another cluster": {
    action: "elasticloadbalancing:DeleteWebACLAssociation",
    resource: LB,
    context: marked("green"),
  },
  "do so by the older right, which is for all load balancers or none": {
    action: "elasticloadbalancing:SetWebAcl",
    resource: "*",
  },
  "change a listener that no controller has made": {
    action: "elasticloadbalancing:ModifyListener",
    resource: arn("elasticloadbalancing", "listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2"),
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

  it("names every action, and a resource for each that can be limited to one", () => {
    for (const { Sid, Action, Resource } of policy.Statement) {
      assert.ok(!Action.some((action) => action.includes("*")), Sid);
      const everywhere = ["Look", "UseLoadBalancing", "EndUseOfWebAcls"];
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
