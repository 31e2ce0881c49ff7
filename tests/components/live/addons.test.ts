import { strict as assert } from "node:assert";

import { ClusterAddons, NodeAddons } from "../../../components/live/addons";
import { versions } from "../../../versions";
import { awsCalls, awsOutputs } from "../../support/aws";
import { at, only, runProgram, type Inputs, type ProgramResult } from "../../support/program";

const ADDON = "aws:eks/addon:Addon";
const clusterName = "blue";

function runAddons(make: () => NodeAddons | ClusterAddons): Promise<ProgramResult> {
  return runProgram(() => Promise.resolve({ ready: make().ready.map(({ urn }) => urn) }), {
    calls: awsCalls,
    outputs: awsOutputs,
  });
}

/** Add-ons by name, as they are made. */
function addons(result: ProgramResult): Record<string, Inputs> {
  const found = result.resources.filter(({ type }) => type === ADDON);
  return Object.fromEntries(found.map(({ inputs }) => [String(inputs["addonName"]), inputs]));
}

/** Versions by name. */
function versionsOf(result: ProgramResult): Record<string, unknown> {
  const found = Object.entries(addons(result));
  return Object.fromEntries(found.map(([name, { addonVersion }]) => [name, addonVersion]));
}

describe("NodeAddons", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runAddons(
      () => new NodeAddons("addons", { clusterName, versions: versions.eksAddons }),
    );
  });

  it("are the CNI, the agent of Pod Identity and kube-proxy, each of its pinned version", () => {
    const found = addons(result);
    assert.deepEqual(versionsOf(result), {
      "vpc-cni": versions.eksAddons.vpcCni,
      "eks-pod-identity-agent": versions.eksAddons.podIdentityAgent,
      "kube-proxy": versions.eksAddons.kubeProxy,
    });
    for (const [name, inputs] of Object.entries(found)) {
      assert.equal(inputs["resolveConflictsOnCreate"], "OVERWRITE", name);
      assert.equal(inputs["resolveConflictsOnUpdate"], "OVERWRITE", name);
      // What is preserved would be left behind.
      assert.ok(!("preserve" in inputs), name);
    }
  });

  it("enforce network policies", () => {
    const cni = addons(result)["vpc-cni"] ?? {};
    assert.deepEqual(JSON.parse(String(cni["configurationValues"])), {
      enableNetworkPolicy: "true",
    });
  });

  it("give the CNI's pods a role of their own, with its rights before they start", () => {
    const cni = only(result, ADDON, "addons-vpc-cni");
    assert.deepEqual(at(cni, "podIdentityAssociations"), [
      {
        serviceAccount: "aws-node",
        roleArn: "arn:aws:iam::123456789012:role/addons-vpc-cni-role",
      },
    ]);
    const attachment = only(result, "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    assert.equal(at(attachment, "policyArn"), "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy");
    assert.ok(cni.dependencies.includes(attachment.urn));
  });

  it("are all to be there before a node is", () => {
    const all = result.resources.filter(({ type }) => type === ADDON).map(({ urn }) => urn);
    assert.deepEqual((result.outputs["ready"] as string[]).sort(), all.sort());
    assert.equal(all.length, 3);
  });
});

describe("ClusterAddons", () => {
  it("are CoreDNS and metrics-server, each of its pinned version", async () => {
    const result = await runAddons(
      () => new ClusterAddons("addons", { clusterName, versions: versions.eksAddons }),
    );
    assert.deepEqual(versionsOf(result), {
      coredns: versions.eksAddons.coredns,
      "metrics-server": versions.eksAddons.metricsServer,
    });
    assert.equal((result.outputs["ready"] as string[]).length, 2);
  });
});
