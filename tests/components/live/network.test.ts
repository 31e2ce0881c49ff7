import { strict as assert } from "node:assert";

import { Network, type NetworkArgs } from "../../../components/live/network";
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

interface Run {
  result: ProgramResult;
  /** What was asked about zones. */
  asked: Inputs[];
}

async function runNetwork(args: Partial<NetworkArgs> = {}): Promise<Run> {
  const asked: Inputs[] = [];
  const calls = {
    "aws:index/getAvailabilityZones:getAvailabilityZones": (inputs: Inputs) => {
      asked.push(inputs);
      return networkCalls["aws:index/getAvailabilityZones:getAvailabilityZones"]?.(inputs) ?? {};
    },
  };
  const result = await runProgram(
    () => {
      const { egress, ...network } = new Network("net", { ...ARGS, ...args });
      return Promise.resolve({
        vpcId: network.vpcId,
        cidrBlock: network.cidrBlock,
        publicSubnetIds: network.publicSubnetIds,
        privateSubnetIds: network.privateSubnetIds,
        privateSubnetCidrs: network.privateSubnetCidrs,
        egress: egress.map(({ urn }) => urn),
      });
    },
    { calls },
  );
  return { result, asked };
}

const subnet = (result: ProgramResult, name: string): Inputs =>
  only(result, "aws:ec2/subnet:Subnet", name).inputs;

describe("Network", () => {
  let result: ProgramResult;
  let asked: Inputs[];
  before(async () => {
    ({ result, asked } = await runNetwork());
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

  it("asks for zones of the region that every account has, and no local ones", () => {
    assert.deepEqual(asked, [
      {
        state: "available",
        filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
      },
    ]);
  });

  it("hands on what it made", () => {
    const { egress, ...outputs } = result.outputs;
    assert.deepEqual(outputs, {
      vpcId: "net-id",
      cidrBlock: "10.80.0.0/16",
      publicSubnetIds: ["net-public-0-id", "net-public-1-id", "net-public-2-id"],
      privateSubnetIds: ["net-private-0-id", "net-private-1-id", "net-private-2-id"],
      privateSubnetCidrs: ["10.80.0.0/19", "10.80.64.0/19", "10.80.128.0/19"],
    });
    // A route by NAT and its association, in each zone.
    assert.equal((egress as string[]).length, 6);
  });

  it("has every part below itself", () => {
    const own = only(result, "k8s-test:live:Network").urn;
    const parts = result.resources.filter(({ type }) => type.startsWith("aws:"));
    assert.ok(parts.length > 20);
    for (const part of parts) assert.equal(part.parent, own, part.name);
  });

  it("writes flow logs only where it is told how long to keep them", async () => {
    const type = "aws:ec2/flowLog:FlowLog";
    assert.ok(!result.resources.some((resource) => resource.type === type));
    const logged = (await runNetwork({ flowLogRetentionDays: 30 })).result;
    assert.equal(at(only(logged, type), "vpcId"), "net-id");
    assert.equal(at(only(logged, "aws:cloudwatch/logGroup:LogGroup"), "retentionInDays"), 30);
  });

  it("says everything that is wrong at once, and makes nothing", async () => {
    await assert.rejects(
      runNetwork({ cidr: "100.64.0.0/16", zones: 5, nat: "cheap" }),
      (error: Error & { resources: { type: string }[] }) => {
        assert.match(error.message, /cidr: 100\.64\.0\.0\/16; a range of/);
        assert.match(error.message, /zones: 5; from 2 to 3/);
        assert.match(error.message, /nat: cheap; one of perZone, single/);
        assert.deepEqual(
          error.resources.map(({ type }) => type),
          ["pulumi:pulumi:Stack"],
        );
        return true;
      },
    );
  });
});
