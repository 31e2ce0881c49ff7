import { strict as assert } from "node:assert";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { TailnetRouter, type TailnetRouterArgs } from "../../../components/live/tailnetRouter";
import { contentOf } from "../../support/routerMachine";
import { at, only, runProgram, type ProgramResult } from "../../support/program";
import { ROUTER_OUTPUTS } from "../../support/router";

const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUP = "aws:autoscaling/group:Group";
const COMPONENT = "k8s-test:live:TailnetRouter";

const args: TailnetRouterArgs = {
  clusterName: "live",
  region: "eu-central-1",
  vpcId: "vpc-1",
  vpcCidr: "10.80.0.0/16",
  privateSubnetIds: ["subnet-1", "subnet-2"],
  clusterSecurityGroupId: "sg-cluster",
  size: 1,
  instanceType: "t4g.micro",
  tag: "tag:router",
  waitSeconds: 600,
};

describe("TailnetRouter", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runProgram(
      () => {
        const first = new aws.ec2.Eip("nat");
        const { ready, ...router } = new TailnetRouter("router", args, { dependsOn: first });
        const { hostnamePrefix, securityGroupId } = router;
        return Promise.resolve({
          hostnamePrefix,
          securityGroupId,
          ready: pulumi.all(ready.map(({ urn }) => urn)),
        });
      },
      { outputs: ROUTER_OUTPUTS },
    );
  });

  it("lets nothing in", () => {
    const group = only(result, SECURITY_GROUP);
    assert.equal(at(group, "vpcId"), "vpc-1");
    assert.equal(at(group, "ingress"), undefined);
    const rules = result.resources.filter(({ type }) => type === INGRESS);
    assert.ok(rules.every((rule) => at(rule, "securityGroupId") !== "router-id"));
    assert.ok(!JSON.stringify(rules.map(({ inputs }) => inputs)).includes("0.0.0.0/0"));
  });

  it("may come to the cluster on port 443, which is all that the cluster is opened for", () => {
    assert.deepEqual(only(result, INGRESS).inputs, {
      securityGroupId: "sg-cluster",
      referencedSecurityGroupId: "router-id",
      description: "Kubernetes API, from the subnet router",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
  });

  it("reaches out to wherever Tailscale needs to", () => {
    assert.equal(at(only(result, EGRESS), "cidrIpv4"), "0.0.0.0/0");
    assert.equal(at(only(result, EGRESS), "ipProtocol"), "-1");
    assert.equal(at(only(result, EGRESS), "securityGroupId"), "router-id");
  });

  it("advertises the VPC's range, under the cluster's name and its tag", () => {
    const encoded = at(only(result, TEMPLATE), "userData") as string;
    const environment = contentOf(
      Buffer.from(encoded, "base64").toString("utf8"),
      "/etc/tailnet-router.env",
    );
    assert.match(environment, /^ROUTER_ROUTE=10\.80\.0\.0\/16$/m);
    assert.match(environment, /^ROUTER_TAG=tag:router$/m);
    assert.match(environment, /^ROUTER_HOSTNAME_PREFIX=live-eu-central-1-router-$/m);
    assert.match(environment, /^ROUTER_GROUP=live-tailnet-router$/m);
    assert.equal(at(only(result, GROUP), "name"), "live-tailnet-router");
    assert.equal(result.outputs["hostnamePrefix"], "live-eu-central-1-router-");
  });

  it("has no secret in its user data", () => {
    const encoded = at(only(result, TEMPLATE), "userData") as string;
    assert.ok(!Buffer.from(encoded, "base64").toString("utf8").includes("tskey-"));
  });

  it("launches no instance before it may read its key and reach the tailnet", () => {
    const { dependencies } = only(result, GROUP);
    for (const type of ["aws:iam/rolePolicy:RolePolicy", EGRESS, "aws:ssm/parameter:Parameter"]) {
      const { urn, dependencies: its } = only(result, type);
      const template = only(result, TEMPLATE);
      assert.ok(dependencies.includes(urn) || template.dependencies.includes(urn), type);
      assert.ok(its.length > 0);
    }
  });

  it("is ready once its instances have joined and the cluster lets it in", () => {
    assert.deepEqual(result.outputs["ready"], [only(result, GROUP).urn, only(result, INGRESS).urn]);
  });

  it("is the parent of all that it makes, which waits for what it depends on itself", () => {
    const { urn } = only(result, COMPONENT);
    const nat = only(result, "aws:ec2/eip:Eip").urn;
    const children = result.resources.filter(({ parent }) => parent === urn);
    assert.equal(children.length, 11);
    for (const child of children) assert.ok(child.dependencies.includes(nat), child.type);
  });

  it("registers what it has", () => {
    assert.deepEqual(only(result, COMPONENT).outputs, {
      hostnamePrefix: "live-eu-central-1-router-",
      securityGroupId: "router-id",
    });
  });
});
