import { strict as assert } from "node:assert";

import type * as pulumi from "@pulumi/pulumi";

import {
  PrivateCluster,
  withoutCreatorAdmin,
  type PrivateClusterArgs,
} from "../../../components/live/privateCluster";
import { awsCalls, awsOutputs } from "../../support/aws";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

const ARGS: PrivateClusterArgs = {
  clusterName: "blue",
  kubernetesVersion: "1.36",
  vpcId: "vpc-1",
  privateSubnetIds: ["subnet-1", "subnet-2"],
  logRetentionDays: 90,
  deletionProtection: true,
};

/** What the remote component makes of its inputs: it registers nothing under mocks. */
const EKS = {
  name: "blue",
  arn: "arn:aws:eks:eu-central-1:123456789012:cluster/blue",
  endpoint: "https://0123456789abcdef.example.com",
  certificateAuthority: { data: "Q0E=" },
  vpcConfig: { clusterSecurityGroupId: "sg-1" },
};

function runCluster(args: Partial<PrivateClusterArgs> = {}): Promise<ProgramResult> {
  return runProgram(
    () => {
      const cluster = new PrivateCluster("cluster", { ...ARGS, ...args });
      return Promise.resolve({
        clusterName: cluster.clusterName,
        clusterArn: cluster.clusterArn,
        endpoint: cluster.endpoint,
        certificateAuthority: cluster.certificateAuthority,
        securityGroupId: cluster.securityGroupId,
      });
    },
    {
      calls: awsCalls,
      outputs: { ...awsOutputs, "eks:index:Cluster": () => ({ eksCluster: EKS }) },
    },
  );
}

const CLUSTER = "eks:index:Cluster";

describe("PrivateCluster", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runCluster();
  });

  it("has an API that is reached from its VPC alone", () => {
    const cluster = only(result, CLUSTER);
    assert.equal(at(cluster, "endpointPrivateAccess"), true);
    assert.equal(at(cluster, "endpointPublicAccess"), false);
    assert.deepEqual(at(cluster, "privateSubnetIds"), ["subnet-1", "subnet-2"]);
    assert.equal(at(cluster, "publicSubnetIds"), undefined);
  });

  it("knows of nobody but by access entries", () => {
    assert.equal(at(only(result, CLUSTER), "authenticationMode"), "API");
  });

  it("encrypts Secrets with a key of its own, which is rotated", () => {
    const key = only(result, "aws:kms/key:Key");
    assert.equal(at(key, "enableKeyRotation"), true);
    assert.equal(
      at(only(result, CLUSTER), "encryptionConfigKeyArn"),
      "arn:aws:kms:eu-central-1:123456789012:key/cluster",
    );
  });

  it("makes no key where one is given", async () => {
    const given = await runCluster({ kmsKeyArn: "arn:given" });
    assert.equal(at(only(given, CLUSTER), "encryptionConfigKeyArn"), "arn:given");
    assert.ok(!given.resources.some(({ type }) => type === "aws:kms/key:Key"));
  });

  it("writes all that the control plane can, into a log group that is there before it and has an end", () => {
    assert.deepEqual(at(only(result, CLUSTER), "enabledClusterLogTypes"), [
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
    const group = only(result, "aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(group.inputs, { name: "/aws/eks/blue/cluster", retentionInDays: 90 });
    assert.ok(only(result, CLUSTER).dependencies.includes(group.urn));
  });

  it("has a role with the one policy that EKS asks for, before it is made", () => {
    const attachment = only(result, "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    assert.equal(at(attachment, "policyArn"), "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy");
    assert.ok(only(result, CLUSTER).dependencies.includes(attachment.urn));
  });

  it("never comes to cost more by an old release, and is not deleted by mistake", async () => {
    const cluster = only(result, CLUSTER);
    assert.deepEqual(at(cluster, "upgradePolicy"), { supportType: "STANDARD" });
    assert.equal(at(cluster, "deletionProtection"), true);
    assert.equal(cluster.protect, true);
    const open = only(await runCluster({ deletionProtection: false }), CLUSTER);
    assert.equal(at(open, "deletionProtection"), false);
    assert.equal(open.protect, false);
  });

  it("has the release and the Services' range that are asked for", async () => {
    assert.equal(at(only(result, CLUSTER), "version"), "1.36");
    assert.equal(at(only(result, CLUSTER), "kubernetesServiceIpAddressRange"), undefined);
    const given = only(await runCluster({ serviceCidr: "10.96.0.0/16" }), CLUSTER);
    assert.equal(at(given, "kubernetesServiceIpAddressRange"), "10.96.0.0/16");
  });

  it("has nothing made beside it that this program makes itself", () => {
    const cluster = only(result, CLUSTER);
    const { inputs } = cluster;
    assert.equal(inputs["skipDefaultNodeGroup"], true);
    assert.equal(inputs["skipDefaultSecurityGroups"], true);
    assert.equal(inputs["bootstrapSelfManagedAddons"], false);
    assert.equal(inputs["useDefaultVpcCni"], true);
    assert.equal(at(cluster, "kubeProxyAddonOptions.enabled"), false);
    assert.equal(at(cluster, "corednsAddonOptions.enabled"), false);
    assert.equal(inputs["createOidcProvider"], undefined);
  });

  it("hands on what its clients must know, and registers it", () => {
    const outputs = {
      clusterName: EKS.name,
      clusterArn: EKS.arn,
      endpoint: EKS.endpoint,
      certificateAuthority: "Q0E=",
      securityGroupId: "sg-1",
    };
    assert.deepEqual(result.outputs, outputs);
    assert.deepEqual(only(result, "k8s-test:live:PrivateCluster").outputs, outputs);
  });
});

describe("withoutCreatorAdmin", () => {
  const transform = (type: string, props: object): unknown =>
    withoutCreatorAdmin({
      type,
      name: "x",
      props,
      opts: {},
      custom: true,
    } satisfies pulumi.ResourceTransformArgs);

  it("takes the rights of who makes the cluster, and leaves all else as it is", () => {
    const accessConfig = {
      authenticationMode: "API",
      bootstrapClusterCreatorAdminPermissions: true,
    };
    assert.deepEqual(transform("aws:eks/cluster:Cluster", { name: "blue", accessConfig }), {
      props: {
        name: "blue",
        accessConfig: {
          authenticationMode: "API",
          bootstrapClusterCreatorAdminPermissions: false,
        },
      },
      opts: {},
    });
  });

  it("leaves other resources alone", () => {
    assert.equal(transform("aws:iam/role:Role", { name: "blue" }), undefined);
  });
});
