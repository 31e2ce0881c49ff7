import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { LivePlatform } from "../../../components/live/livePlatform";
import { SUBNETS, liveCalls } from "../../support/live";
import { at, only, runProgram, type Inputs, type ProgramResult } from "../../support/program";

/** Runs a live platform, and keeps what it asked of AWS. */
async function runPlatform(
  scheme: string,
): Promise<{ result: ProgramResult; asked: Record<string, Inputs[]>; peers: unknown }> {
  const asked: Record<string, Inputs[]> = {};
  const calls = Object.fromEntries(
    Object.entries(liveCalls).map(([token, answer]) => [
      token,
      (inputs: Inputs) => {
        (asked[token] ??= []).push(inputs);
        return answer(inputs);
      },
    ]),
  );
  const result = await runProgram(
    () => {
      const platform = new LivePlatform("live", {
        region: "eu-central-1",
        accountId: "123456789012",
        clusterName: "blue",
        certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d",
        scheme,
      });
      return Promise.resolve({ peers: pulumi.output(platform.ingressProfile().peers) });
    },
    { calls },
  );
  return { result, asked, peers: result.outputs["peers"] };
}

describe("LivePlatform", () => {
  it("refuses every AWS account but the one that is named", async () => {
    const { result } = await runPlatform("internal");
    assert.deepEqual(only(result, "pulumi:providers:aws").inputs, {
      region: "eu-central-1",
      // Lists are handed to a provider as text.
      allowedAccountIds: '["123456789012"]',
      skipCredentialsValidation: "false",
      skipRegionValidation: "true",
    });
  });

  it("registers that it is complete", async () => {
    const { result } = await runPlatform("internal");
    assert.deepEqual(only(result, "k8s-test:live:LivePlatform").outputs, {});
  });

  it("has a provider for the named cluster, which is known by its ARN", async () => {
    const { result, asked } = await runPlatform("internal");
    assert.deepEqual(asked["aws:eks/getCluster:getCluster"], [{ name: "blue" }]);
    const provider = only(result, "pulumi:providers:kubernetes");
    assert.equal(
      at(provider, "clusterIdentifier"),
      "arn:aws:eks:eu-central-1:123456789012:cluster/blue",
    );
    assert.equal(at(provider, "enableServerSideApply"), "true");
    const { clusters } = JSON.parse(String(at(provider, "kubeconfig"))) as { clusters: unknown };
    const cluster = {
      server: "https://0123456789abcdef.example.com",
      "certificate-authority-data": "Q0E=",
    };
    assert.deepEqual(clusters, [{ name: "blue", cluster }]);
  });

  for (const [scheme, tag] of [
    ["internal", "kubernetes.io/role/internal-elb"],
    ["internet-facing", "kubernetes.io/role/elb"],
  ] as const) {
    it(`lets in the subnets that an ${scheme} load balancer stands in`, async () => {
      const { asked, peers } = await runPlatform(scheme);
      assert.deepEqual(asked["aws:ec2/getSubnets:getSubnets"], [
        {
          filters: [
            { name: "vpc-id", values: ["vpc-1"] },
            { name: "tag-key", values: [tag] },
          ],
        },
      ]);
      assert.deepEqual(
        peers,
        Object.values(SUBNETS).map((cidr) => ({ ipBlock: { cidr } })),
      );
    });
  }
});
