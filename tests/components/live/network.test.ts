import { strict as assert } from "node:assert";

import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { Network, type NetworkArgs } from "../../../components/live/network";
import { awsOutputs } from "../../support/aws";
import { networkCalls } from "../../support/network";
import { at, only, runProgram, type Inputs, type ProgramResult } from "../../support/program";

const ARGS: NetworkArgs = {
  clusterName: "blue",
  region: "eu-central-1",
  cidr: "10.80.0.0/16",
  zones: 3,
  nat: "perZone",
  interfaceEndpoints: [],
};

function runNetwork(
  args: Partial<NetworkArgs> = {},
  opts: () => pulumi.ComponentResourceOptions = () => ({}),
): Promise<ProgramResult> {
  return runProgram(
    () => {
      const { egress, ...network } = new Network("net", { ...ARGS, ...args }, opts());
      return Promise.resolve({
        vpcId: network.vpcId,
        cidrBlock: network.cidrBlock,
        publicSubnetIds: network.publicSubnetIds,
        publicSubnetCidrs: network.publicSubnetCidrs,
        privateSubnetIds: network.privateSubnetIds,
        privateSubnetCidrs: network.privateSubnetCidrs,
        egress: egress.map(({ urn }) => urn.apply((text) => text.split("::").at(-1))),
      });
    },
    { calls: networkCalls, outputs: awsOutputs },
  );
}

const subnet = (result: ProgramResult, name: string): Inputs =>
  only(result, "aws:ec2/subnet:Subnet", name).inputs;

describe("Network", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runNetwork();
  });

  it("resolves names inside the VPC, as a private endpoint of EKS needs it", () => {
    assert.deepEqual(only(result, "aws:ec2/vpc:Vpc").inputs, {
      cidrBlock: "10.80.0.0/16",
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: "blue" },
    });
  });

  it("leaves the VPC's default security group without any rule", () => {
    const group = only(result, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    assert.deepEqual(group.inputs, { vpcId: "net-id", ingress: [], egress: [] });
  });

  it("has a public and a private subnet in each zone, tagged for the load balancer controller", () => {
    assert.deepEqual(subnet(result, "net-public-1"), {
      vpcId: "net-id",
      cidrBlock: "10.80.96.0/22",
      availabilityZone: "eu-central-1b",
      tags: { Name: "blue-public-1", "kubernetes.io/role/elb": "1" },
    });
    assert.deepEqual(subnet(result, "net-private-2"), {
      vpcId: "net-id",
      cidrBlock: "10.80.128.0/19",
      availabilityZone: "eu-central-1c",
      tags: { Name: "blue-private-2", "kubernetes.io/role/internal-elb": "1" },
    });
    const all = result.resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
    assert.equal(all.length, 6);
  });

  it("gives no instance a public address by itself", () => {
    for (const { type, inputs } of result.resources) {
      if (type === "aws:ec2/subnet:Subnet") assert.ok(!("mapPublicIpOnLaunch" in inputs));
    }
  });

  it("leaves a subnet in its zone, also when AWS lists other zones than before", () => {
    for (const { type, name, ignoreChanges } of result.resources) {
      const expected = type === "aws:ec2/subnet:Subnet" ? ["availabilityZone"] : [];
      assert.deepEqual(ignoreChanges, expected, name);
    }
  });

  it("hands on what it made", () => {
    const { egress, ...outputs } = result.outputs;
    assert.deepEqual(outputs, {
      vpcId: "net-id",
      cidrBlock: "10.80.0.0/16",
      publicSubnetIds: ["net-public-0-id", "net-public-1-id", "net-public-2-id"],
      publicSubnetCidrs: ["10.80.32.0/22", "10.80.96.0/22", "10.80.160.0/22"],
      privateSubnetIds: ["net-private-0-id", "net-private-1-id", "net-private-2-id"],
      privateSubnetCidrs: ["10.80.0.0/19", "10.80.64.0/19", "10.80.128.0/19"],
    });
    assert.deepEqual(only(result, "k8s-test:live:Network").outputs, outputs);
    // A route by NAT and its association, in each zone; and the endpoint of S3.
    assert.equal((egress as string[]).length, 7);
  });

  it("counts a way out as there with all that it goes by, endpoints too", async () => {
    const { outputs } = await runNetwork({ nat: "single", zones: 2, interfaceEndpoints: ["sts"] });
    assert.deepEqual(outputs["egress"], [
      "net-private-0",
      "net-private-0-0",
      "net-private-0-1",
      "net-s3",
      "net-sts",
    ]);
  });

  it("lets nothing in from everywhere, and lets the endpoints be asked from the VPC only", async () => {
    const whole = await runNetwork({ interfaceEndpoints: ["sts"], flowLogRetentionDays: 30 });
    const fromEverywhere = whole.resources
      .filter(({ inputs }) => /"(0\.0\.0\.0|::)\/0"/.test(JSON.stringify(inputs)))
      .map(({ type }) => type);
    // To everywhere, by NAT and by the internet gateway: no rule of a security group.
    assert.deepEqual([...new Set(fromEverywhere)], ["aws:ec2/route:Route"]);
    const rules = whole.resources.filter(({ type }) => /securityGroup.*Rule/.test(type));
    assert.deepEqual(
      rules.map(({ inputs }) => inputs["cidrIpv4"]),
      ["10.80.0.0/16"],
    );
  });

  it("has every part below itself", () => {
    const own = only(result, "k8s-test:live:Network").urn;
    const parts = result.resources.filter(({ type }) => type.startsWith("aws:"));
    assert.ok(parts.length > 20);
    for (const part of parts) assert.equal(part.parent, own, part.name);
  });

  it("is made after what it depends on, down to its children", async () => {
    const args = { interfaceEndpoints: ["sts"], flowLogRetentionDays: 30 };
    const run = await runNetwork(args, () => ({ dependsOn: new aws.ec2.Vpc("first", {}) }));
    const { urn } = only(run, "aws:ec2/vpc:Vpc", "first");
    const own = only(run, "k8s-test:live:Network").urn;
    const parts = run.resources.filter(({ parent }) => parent === own);
    assert.ok(parts.length > 30);
    for (const { type, name, dependencies } of parts) {
      assert.ok(dependencies.includes(urn), `${type} ${name}`);
    }
  });

  it("writes flow logs only where it is told how long to keep them", async () => {
    const type = "aws:ec2/flowLog:FlowLog";
    assert.ok(!result.resources.some((resource) => resource.type === type));
    const logged = await runNetwork({ flowLogRetentionDays: 30 });
    assert.equal(at(only(logged, type), "vpcId"), "net-id");
    assert.equal(at(only(logged, "aws:cloudwatch/logGroup:LogGroup"), "retentionInDays"), 30);
  });

  it("says everything that is wrong at once, and makes nothing", async () => {
    await assert.rejects(
      runNetwork({ cidr: "100.64.0.0/16", zones: 5, nat: "cheap", interfaceEndpoints: ["s3"] }),
      (error: Error & { resources: { type: string }[] }) => {
        assert.match(error.message, /cidr: 100\.64\.0\.0\/16; a range of/);
        assert.match(error.message, /zones: 5; from 2 to 3/);
        assert.match(error.message, /nat: cheap; one of perZone, single/);
        assert.match(error.message, /interfaceEndpoints: s3; services by the end of their names/);
        assert.deepEqual(
          error.resources.map(({ type }) => type),
          ["pulumi:pulumi:Stack"],
        );
        return true;
      },
    );
  });
});
