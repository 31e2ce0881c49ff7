import { strict as assert } from "node:assert";

import { ExistingNetwork, existingNetworkProblems } from "../../../components/live/existingNetwork";
import { runProgram, type ProgramOptions } from "../../support/program";

const SUBNETS: Readonly<Record<string, { vpcId: string; zone: string; cidrBlock: string }>> = {
  "subnet-1": { vpcId: "vpc-1", zone: "a", cidrBlock: "10.0.0.0/24" },
  "subnet-2": { vpcId: "vpc-1", zone: "b", cidrBlock: "10.0.1.0/24" },
  "subnet-3": { vpcId: "vpc-1", zone: "a", cidrBlock: "10.0.2.0/24" },
  "subnet-4": { vpcId: "vpc-1", zone: "b", cidrBlock: "10.0.3.0/24" },
  "subnet-foreign": { vpcId: "vpc-2", zone: "b", cidrBlock: "10.0.4.0/24" },
};

const calls: NonNullable<ProgramOptions["calls"]> = {
  "aws:ec2/getVpc:getVpc": ({ id }) => ({
    id,
    cidrBlock: "10.0.0.0/16",
    enableDnsSupport: true,
    enableDnsHostnames: id === "vpc-1",
  }),
  "aws:ec2/getSubnet:getSubnet": ({ id }) => {
    const { zone, ...subnet } = SUBNETS[String(id)] ?? { zone: "" };
    return { id, availabilityZone: `eu-central-1${zone}`, ...subnet };
  },
};

function runExisting(
  privateSubnetIds: string[],
  publicSubnetIds: string[] = ["subnet-1", "subnet-2"],
  vpcId = "vpc-1",
): ReturnType<typeof runProgram> {
  return runProgram(
    () => {
      const network = new ExistingNetwork("net", { vpcId, publicSubnetIds, privateSubnetIds });
      return Promise.resolve({
        vpcId: network.vpcId,
        cidrBlock: network.cidrBlock,
        publicSubnetCidrs: network.publicSubnetCidrs,
        privateSubnetIds: network.privateSubnetIds,
        privateSubnetCidrs: network.privateSubnetCidrs,
      });
    },
    { calls },
  );
}

describe("ExistingNetwork", () => {
  it("reads what is there, and makes nothing", async () => {
    const { outputs, resources } = await runExisting(["subnet-3", "subnet-4"]);
    assert.deepEqual(outputs, {
      vpcId: "vpc-1",
      cidrBlock: "10.0.0.0/16",
      publicSubnetCidrs: ["10.0.0.0/24", "10.0.1.0/24"],
      privateSubnetIds: ["subnet-3", "subnet-4"],
      privateSubnetCidrs: ["10.0.2.0/24", "10.0.3.0/24"],
    });
    assert.deepEqual(
      resources.map(({ type }) => type),
      ["pulumi:pulumi:Stack", "k8s-test:live:ExistingNetwork"],
    );
  });

  it("needs no public subnet", async () => {
    const { outputs } = await runExisting(["subnet-3", "subnet-4"], []);
    assert.deepEqual(outputs["publicSubnetCidrs"], []);
  });
});

describe("existingNetworkProblems", () => {
  const vpc = { id: "vpc-1", enableDnsSupport: true, enableDnsHostnames: true };
  const subnet = (id: string): { id: string; vpcId: string; availabilityZone: string } => {
    const { vpcId, zone } = SUBNETS[id] ?? { vpcId: "", zone: "" };
    return { id, vpcId, availabilityZone: zone };
  };
  const [one, two, three, foreign] = ["1", "2", "3", "foreign"].map((n) => subnet(`subnet-${n}`));
  assert.ok(one && two && three && foreign);

  it("are none of a VPC with names, and subnets of it in two zones", () => {
    assert.deepEqual(existingNetworkProblems(vpc, [], [one, two]), []);
  });

  it("are that the VPC gives no names, with the command that mends it", () => {
    const [problem, ...others] = existingNetworkProblems(
      { ...vpc, enableDnsHostnames: false },
      [],
      [one, two],
    );
    assert.deepEqual(others, []);
    assert.equal(problem?.key, "vpcId");
    assert.match(problem.allowed, /aws ec2 modify-vpc-attribute --vpc-id vpc-1/);
  });

  it("are subnets of another VPC, and subnets that are all of one zone, all at once", () => {
    assert.deepEqual(existingNetworkProblems(vpc, [one, foreign], [one, three]), [
      {
        key: "publicSubnetIds",
        given: "subnet-foreign of vpc-2",
        allowed: "subnets of vpc-1",
      },
      {
        key: "privateSubnetIds",
        given: "subnets of a only",
        allowed: "subnets of at least two zones",
      },
    ]);
  });
});
