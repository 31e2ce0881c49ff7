import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { startClouds } from "../../../components/live/clouds";
import { at, isSecret, only, runProgram, type ProgramResult } from "../../support/program";

const ARGS = {
  region: "eu-central-1",
  accountId: "123456789012",
  clusterName: "blue",
  tailnet: { name: "example.org", oauthClientId: "kABC123CNTRL" },
  tailscaleOauthSecret: pulumi.secret("hunter2"),
};

describe("startClouds", () => {
  let result: ProgramResult;
  /** What the engine had been told of when the function returned. */
  let told: string[] = [];

  before(async () => {
    const seen: string[] = [];
    const note = (cloud: string) => () => {
      seen.push(cloud);
      return {};
    };
    const outputs = {
      "pulumi:providers:aws": note("aws"),
      "pulumi:providers:tailscale": note("tailscale"),
    };
    result = await runProgram(
      async () => {
        await startClouds("live", ARGS, {});
        told = [...seen];
      },
      { outputs },
    );
  });

  it("refuses every AWS account but the one that is named", () => {
    const provider = only(result, "pulumi:providers:aws");
    assert.equal(at(provider, "region"), "eu-central-1");
    assert.equal(at(provider, "allowedAccountIds"), '["123456789012"]');
    assert.deepEqual(JSON.parse(String(at(provider, "defaultTags"))), {
      tags: { Cluster: "blue", ManagedBy: "pulumi", Project: "k8s-test" },
    });
  });

  it("hands the tailnet's secret to the engine as a secret", () => {
    const provider = only(result, "pulumi:providers:tailscale");
    assert.equal(at(provider, "tailnet"), "example.org");
    assert.equal(at(provider, "oauthClientId"), "kABC123CNTRL");
    assert.ok(isSecret(at(provider, "oauthClientSecret")));
  });

  it("has told the engine of them before the rest is put together", () => {
    assert.deepEqual(told.toSorted(), ["aws", "tailscale"]);
  });
});
