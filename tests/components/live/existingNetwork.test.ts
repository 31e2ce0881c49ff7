import { strict as assert } from "node:assert";

import { ExistingNetwork, existingNetworkProblems } from "../../../components/live/existingNetwork";
import { only, runProgram, type ProgramOptions } from "../../support/program";

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

  it("registers what it read", async () => {
    const run = await runExisting(["subnet-3", "subnet-4"]);
    assert.deepEqual(only(run, "k8s-test:live:ExistingNetwork").outputs, {
      vpcId: "vpc-1",
      cidrBlock: "10.0.0.0/16",
      publicSubnetIds: ["subnet-1", "subnet-2"],
      publicSubnetCidrs: ["10.0.0.0/24", "10.0.1.0/24"],
      privateSubnetIds: ["subnet-3", "subnet-4"],
      privateSubnetCidrs: ["10.0.2.0/24", "10.0.3.0/24"],
    });
  });

  it("says what is wrong with what it read", async () => {
    await assert.rejects(runExisting(["subnet-3"]), {
      message:
        'ExistingNetwork "net" cannot be made of these arguments:\n' +
        "  privateSubnetIds: subnets of eu-central-1a only; subnets of at least two zones",
    });
  });

  it("needs no public subnet", async () => {
    const { outputs } = await runExisting(["subnet-3", "subnet-4"], []);
    assert.deepEqual(outputs["publicSubnetCidrs"], []);
  });
});

describe("existingNetworkProblems", () => {
  const vpc = {
    id: "vpc-1",
    cidrBlock: "10.0.0.0/16",
    enableDnsSupport: true,
    enableDnsHostnames: true,
  };
  const subnet = (id: string): Parameters<typeof existingNetworkProblems>[1][number] => {
    const { vpcId, zone, cidrBlock } = SUBNETS[id] ?? { vpcId: "", zone: "", cidrBlock: "" };
    return { id, vpcId, availabilityZone: zone, cidrBlock };
  };
  const [one, two, three, foreign] = ["1", "2", "3", "foreign"].map((n) => subnet(`subnet-${n}`));
  assert.ok(one && two && three && foreign);

  it("are none of a VPC with names, and subnets of it in two zones", () => {
    assert.deepEqual(existingNetworkProblems(vpc, [], [one, two]), []);
  });

  it("are that the VPC gives no names, each with the command that mends it", () => {
    const nameless = { ...vpc, enableDnsSupport: false, enableDnsHostnames: false };
    const mend = "a VPC with it, as a private endpoint needs it: aws ec2 modify-vpc-attribute";
    assert.deepEqual(existingNetworkProblems(nameless, [], [one, two]), [
      {
        key: "vpcId",
        given: "vpc-1, with dns-support switched off",
        allowed: `${mend} --vpc-id vpc-1 --enable-dns-support`,
      },
      {
        key: "vpcId",
        given: "vpc-1, with dns-hostnames switched off",
        allowed: `${mend} --vpc-id vpc-1 --enable-dns-hostnames`,
      },
    ]);
  });

  it("are that the VPC has addresses which are the tailnet's", () => {
    const [problem, ...others] = existingNetworkProblems(
      { ...vpc, cidrBlock: "100.100.0.0/16" },
      [],
      [one, two].map((member) => ({ ...member, cidrBlock: "100.100.1.0/24" })),
    );
    assert.deepEqual(others, []);
    assert.deepEqual(problem, {
      key: "vpcId",
      given: "vpc-1, of 100.100.0.0/16",
      allowed: "a VPC apart from the tailnet's 100.64.0.0/10",
    });
  });

  it("are private subnets in a range that was added to the VPC, where the tailnet does not lead", () => {
    const added = { ...two, cidrBlock: "10.1.0.0/24" };
    assert.deepEqual(existingNetworkProblems(vpc, [one, added], [one, added]), [
      {
        key: "privateSubnetIds",
        given: "subnet-2 of 10.1.0.0/24",
        allowed: "subnets within 10.0.0.0/16, which the tailnet has a route for",
      },
    ]);
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

  it("are that there is no private subnet", () => {
    assert.deepEqual(existingNetworkProblems(vpc, [], []), [
      { key: "privateSubnetIds", given: "none", allowed: "subnets of at least two zones" },
    ]);
  });
});
