import { strict as assert } from "node:assert";

import { Nodes, type NodesArgs } from "../../../components/live/nodes";
import { awsCalls, awsOutputs } from "../../support/aws";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

const ARGS: NodesArgs = {
  clusterName: "blue",
  kubernetesVersion: "1.36",
  subnetIds: ["subnet-1", "subnet-2"],
  instanceTypes: ["t4g.medium"],
  image: "bottlerocket",
  capacityType: "ON_DEMAND",
  minSize: 2,
  maxSize: 4,
  desiredSize: 3,
  diskGiB: 20,
  maxUnavailable: 1,
};

const GROUP = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

function runNodes(args: Partial<NodesArgs> = {}): Promise<ProgramResult> {
  return runProgram(
    () => {
      const nodes = new Nodes("nodes", { ...ARGS, ...args });
      return Promise.resolve({ ready: nodes.ready.map(({ urn }) => urn) });
    },
    { calls: awsCalls, outputs: { ...awsOutputs, [TEMPLATE]: () => ({ latestVersion: 7 }) } },
  );
}

describe("Nodes", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runNodes();
  });

  it("are arm64, in private subnets, as many as asked for", () => {
    assert.deepEqual(only(result, GROUP).inputs, {
      clusterName: "blue",
      version: "1.36",
      nodeRoleArn: "arn:aws:iam::123456789012:role/nodes-role",
      subnetIds: ["subnet-1", "subnet-2"],
      instanceTypes: ["t4g.medium"],
      amiType: "BOTTLEROCKET_ARM_64",
      capacityType: "ON_DEMAND",
      launchTemplate: { id: "nodes-id", version: "7" },
      scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 3 },
      updateConfig: { maxUnavailable: 1 },
    });
  });

  it("leave their number to whatever scales them, once they are there", () => {
    assert.deepEqual(only(result, GROUP).ignoreChanges, ["scalingConfig.desiredSize"]);
  });

  it("give their credentials to no pod: IMDSv2, and one hop", () => {
    assert.deepEqual(at(only(result, TEMPLATE), "metadataOptions"), {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
  });

  it("have encrypted disks and no others, of the size asked for where containers are", async () => {
    const ebs = {
      volumeType: "gp3",
      volumeSize: 20,
      encrypted: "true",
      deleteOnTermination: "true",
    };
    assert.deepEqual(at(only(result, TEMPLATE), "blockDeviceMappings"), [
      { deviceName: "/dev/xvda", ebs: { ...ebs, volumeSize: 4 } },
      { deviceName: "/dev/xvdb", ebs },
    ]);
    const al2023 = await runNodes({ image: "al2023" });
    assert.equal(at(only(al2023, GROUP), "amiType"), "AL2023_ARM_64_STANDARD");
    assert.deepEqual(at(only(al2023, TEMPLATE), "blockDeviceMappings"), [
      { deviceName: "/dev/xvda", ebs },
    ]);
  });

  it("carry the cluster's name, and so do their disks, to be found and counted by it", () => {
    const tags = { Name: "blue-node", Cluster: "blue" };
    assert.deepEqual(at(only(result, TEMPLATE), "tagSpecifications"), [
      { resourceType: "instance", tags },
      { resourceType: "volume", tags },
    ]);
  });

  it("take no SSH, and no security group but the cluster's own", () => {
    const template = only(result, TEMPLATE).inputs;
    for (const key of ["keyName", "userData", "vpcSecurityGroupIds", "networkInterfaces"]) {
      assert.ok(!(key in template), key);
    }
    assert.ok(!("remoteAccess" in only(result, GROUP).inputs));
  });

  it("may join the cluster and pull images, before they are made, and nothing else", () => {
    const attachments = result.resources.filter(
      ({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    );
    assert.deepEqual(
      attachments.map((attachment) => String(at(attachment, "policyArn")).split("/").at(-1)),
      ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
    );
    const { dependencies } = only(result, GROUP);
    for (const { urn } of attachments) assert.ok(dependencies.includes(urn));
  });

  it("are there when their group is", () => {
    assert.deepEqual(result.outputs["ready"], [only(result, GROUP).urn]);
  });

  it("are refused with all that is wrong, before anything is made", async () => {
    await assert.rejects(
      runNodes({ image: "windows", instanceTypes: ["m5.large"], minSize: 5 }),
      (error: Error & { resources: unknown[] }) => {
        assert.match(error.message, /image: windows; one of bottlerocket, al2023/);
        assert.match(error.message, /instanceTypes: m5\.large; instance types of arm64 families/);
        assert.match(error.message, /maxSize: 4; at least minSize \(5\)/);
        assert.equal(error.resources.length, 1);
        return true;
      },
    );
  });
});
