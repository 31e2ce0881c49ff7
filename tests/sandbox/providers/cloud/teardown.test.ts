import { deepStrictEqual, rejects } from "node:assert";

import type { JsonObject } from "../../../../sandbox/providers/skeleton/json";
import { Cloud, type Made } from "../../../support/cloud";
import { makeCluster, makeNetwork, makeRole, type Network } from "../../../support/cloudNetwork";

describe("What an offline cloud does not delete", () => {
  let cloud: Cloud;
  let network: Network;

  beforeEach(async () => {
    cloud = await Cloud.create();
    cloud.configure();
    network = await makeNetwork(cloud);
  });

  afterEach(() => cloud.remove());

  /** Deletes them one by one, which only works in the right order. */
  const deleteAll = async (...all: Made[]): Promise<void> => {
    for (const made of all) await cloud.delete(made);
  };

  it("is a network with something in it, whatever that is", async () => {
    const { vpc, gateway, nat, publicSubnet, address, table } = network;
    await rejects(
      cloud.delete(vpc),
      /DependencyViolation: The vpc 'vpc-\w+' has dependencies.*held by.*aws:ec2\/subnet:Subnet/,
    );
    await rejects(cloud.delete(publicSubnet), /The subnet .* held by aws:ec2\/natGateway/);
    await rejects(cloud.delete(gateway), /has some mapped public address/);
    await rejects(cloud.delete(address), /InvalidIPAddress\.InUse/);
    await rejects(cloud.delete(table), /The routeTable .* held by aws:ec2\/routeTableAssociation/);
    await deleteAll(network.route, nat, address, gateway, ...network.associations, table);
    await deleteAll(publicSubnet, ...network.privateSubnets, vpc);
    deepStrictEqual(cloud.world.everything(), []);
  });

  it("is a security group that another one lets in", async () => {
    const group = (name: string): Promise<Made> =>
      cloud.make("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: network.vpc.id });
    const [router, cluster] = [await group("router"), await group("cluster")];
    const rule = await cloud.make(
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "api",
      {
        securityGroupId: cluster.id,
        referencedSecurityGroupId: router.id,
        ipProtocol: "-1",
      },
    );
    await rejects(cloud.delete(router), /resource sg-\w+ has a dependent object/);
    await deleteAll(cluster, rule, router);
  });

  it("is a role with policies, and a policy of a role", async () => {
    const role = await makeRole(cloud, "nodes");
    const document = { Effect: "Allow", Action: "ec2:DescribeInstances", Resource: "*" };
    const policy = await cloud.make("aws:iam/policy:Policy", "own", {
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [document] }),
    });
    const attachment = await cloud.make(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "own",
      {
        role: role.id,
        policyArn: policy.id,
      },
    );
    await rejects(cloud.delete(role), /DeleteConflict: Cannot delete entity/);
    await rejects(cloud.delete(policy), /DeleteConflict: Cannot delete a policy/);
    await deleteAll(attachment, policy, role);
  });

  it("is a cluster with nodes, or one that is protected", async () => {
    const cluster = await makeCluster(cloud, network, { deletionProtection: true });
    await cloud.make("aws:eks/addon:Addon", "cni", { clusterName: "live", addonName: "vpc-cni" });
    const role = await makeRole(cloud, "nodes");
    const nodes = await cloud.make("aws:eks/nodeGroup:NodeGroup", "nodes", {
      clusterName: "live",
      nodeRoleArn: role.state.values["arn"] ?? "",
      subnetIds: network.privateSubnets.map(({ id }) => id),
      scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
    });
    await rejects(cloud.delete(cluster), /has deletion protection/);
    const inputs: JsonObject = { ...cluster.inputs.values, deletionProtection: false };
    const open = await cloud.make(cluster.type, "cluster", inputs, { before: cluster });
    await rejects(cloud.delete(open), /Cluster has nodegroups attached/);
    await rejects(cloud.delete(network.privateSubnets[0] ?? nodes), /The subnet/);
    await deleteAll(nodes, open);
  });
});
