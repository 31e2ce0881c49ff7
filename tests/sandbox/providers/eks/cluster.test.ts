import { strict as assert } from "node:assert";

import type * as pulumi from "@pulumi/pulumi";

import { Cluster } from "../../../../sandbox/providers/eks/cluster";
import { at, type Json } from "../../../../sandbox/providers/skeleton/json";
import { only, runProgram, type ProgramResult } from "../../../support/program";
import { INPUTS } from "./inputs";

/** What AWS adds to a cluster. The mocks give back what goes in: so it goes in with the rest. */
const MADE = {
  arn: "arn:aws:eks:eu-central-1:123456789012:cluster/live",
  endpoint: "https://api.example.com",
  certificateAuthority: { data: "Q0E=" },
  identities: [{ oidcs: [{ issuer: "https://oidc.example.com/id/1" }] }],
};

const asMade: pulumi.ResourceTransformation = ({ type, props, opts }) =>
  type === "aws:eks/cluster:Cluster"
    ? {
        props: {
          ...(props as object),
          ...MADE,
          vpcConfig: { ...(props["vpcConfig"] as object), clusterSecurityGroupId: "sg-1" },
        },
        opts,
      }
    : undefined;

function make(inputs: object = {}): Promise<ProgramResult> {
  return runProgram(() =>
    Promise.resolve(
      new Cluster("live", { ...INPUTS, ...inputs }, "4.0.0", { transformations: [asMade] }).outputs,
    ),
  );
}

describe("Cluster, the stand-in of eks.Cluster", () => {
  it("makes the cluster and a Kubernetes provider, by the official one's names", async () => {
    const result = await make();
    assert.deepEqual(
      result.resources
        .map(({ type, name }) => `${type} ${name}`)
        .filter((it) => !it.includes("Stack")),
      [
        "eks:index:Cluster live",
        "aws:eks/cluster:Cluster live-eksCluster",
        "pulumi:providers:kubernetes live-eks-k8s",
      ],
    );
    const component = only(result, "eks:index:Cluster");
    assert.equal(only(result, "aws:eks/cluster:Cluster").parent, component.urn);
  });

  it("hands the inputs on to the cluster", async () => {
    const { inputs } = only(await make(), "aws:eks/cluster:Cluster");
    assert.deepEqual(
      { ...inputs, ...Object.fromEntries(Object.keys(MADE).map((key) => [key, undefined])) },
      {
        arn: undefined,
        endpoint: undefined,
        certificateAuthority: undefined,
        identities: undefined,
        name: "live",
        roleArn: "arn:aws:iam::123456789012:role/live-cluster",
        version: "1.34",
        bootstrapSelfManagedAddons: true,
        vpcConfig: {
          subnetIds: ["subnet-public", "subnet-private"],
          endpointPrivateAccess: true,
          endpointPublicAccess: false,
          clusterSecurityGroupId: "sg-1",
        },
        tags: { Name: "live-eksCluster" },
        encryptionConfig: {
          provider: { keyArn: INPUTS["encryptionConfigKeyArn"] },
          resources: ["secrets"],
        },
        kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16", ipFamily: "ipv4" },
        accessConfig: {
          authenticationMode: "API",
          bootstrapClusterCreatorAdminPermissions: true,
        },
      },
    );
  });

  it("gives out what EKS made, and a kubeconfig that leads there", async () => {
    const { outputs } = await make();
    assert.equal(outputs["clusterSecurityGroupId"], "sg-1");
    assert.equal(outputs["nodeSecurityGroupId"], "sg-1");
    assert.equal(outputs["oidcIssuer"], "oidc.example.com/id/1");
    const kubeconfig = outputs["kubeconfig"] as Json;
    assert.deepEqual(JSON.parse(String(outputs["kubeconfigJson"])), kubeconfig);
    assert.equal(at(kubeconfig, "clusters", 0, "cluster", "server"), MADE.endpoint);
    assert.equal(at(kubeconfig, "users", 0, "user", "exec", "args", 1), "eu-central-1");
  });

  it("says everything that it cannot do, and makes nothing then", async () => {
    const made = make({ gpu: true, endpointPublicAccess: true });
    await assert.rejects(made, ({ message }: Error) => {
      assert.match(message, /cannot make "live":\n {2}endpointPublicAccess: .*\n {2}gpu: /);
      return true;
    });
  });
});
