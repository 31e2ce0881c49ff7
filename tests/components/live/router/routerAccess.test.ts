import { strict as assert } from "node:assert";

import { routerAccess } from "../../../../components/live/router/routerAccess";
import { routerPolicy } from "../../../../components/live/router/routerPolicy";
import {
  at,
  isSecret,
  only,
  runProgram,
  unwrap,
  type ProgramResult,
} from "../../../support/program";
import { ROUTER_OUTPUTS } from "../../../support/router";

const CLIENT = "tailscale:index/oauthClient:OauthClient";
const PARAMETER = "aws:ssm/parameter:Parameter";
const KEY = "aws:kms/key:Key";
const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";

function make(clusterName: string): Promise<ProgramResult> {
  const args = { clusterName, tag: "tag:router", groupName: "live-tailnet-router" };
  return runProgram(
    () => {
      routerAccess("router", args, {});
      return Promise.resolve({});
    },
    { outputs: ROUTER_OUTPUTS },
  );
}

describe("routerAccess", () => {
  let result: ProgramResult;
  before(async () => {
    result = await make("live");
  });

  it("makes an OAuth client that can let devices of the one tag in, and nothing else", () => {
    assert.deepEqual(only(result, CLIENT).inputs, {
      description: "subnet router of live",
      scopes: ["auth_keys"],
      tags: ["tag:router"],
    });
  });

  it("describes it as Tailscale allows, whatever the cluster's name", async () => {
    const long = await make(`my_cluster_${"x".repeat(89)}`);
    const description = at(only(long, CLIENT), "description") as string;
    assert.match(description, /^subnet router of my-cluster-x+$/);
    assert.equal(description.length, 50);
  });

  it("keeps its secret encrypted in SSM, for devices that are ephemeral and need no approval", () => {
    const parameter = only(result, PARAMETER);
    assert.equal(at(parameter, "type"), "SecureString");
    assert.equal(at(parameter, "name"), "/k8s-test/live/tailnet-router");
    assert.equal(at(parameter, "keyId"), "arn:aws:kms:eu-central-1:123456789012:key/k1");
    assert.ok(isSecret(parameter.inputs["value"]));
    assert.equal(
      unwrap(parameter.inputs["value"]),
      "tskey-client-k1-s1?ephemeral=true&preauthorized=true",
    );
  });

  it("encrypts it with a key of its own, which is rotated", () => {
    assert.equal(at(only(result, KEY), "enableKeyRotation"), true);
    assert.equal(at(only(result, KEY), "deletionWindowInDays"), 7);
  });

  it("gives the role to instances alone, and that policy alone", () => {
    const role = only(result, ROLE);
    assert.deepEqual(Object.keys(role.inputs), ["assumeRolePolicy"]);
    assert.deepEqual(JSON.parse(at(role, "assumeRolePolicy") as string), {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
      ],
    });
    assert.equal(at(only(result, PROFILE), "role"), "router-1a2b3c4");
    assert.equal(at(only(result, POLICY), "role"), "router-1a2b3c4");
    assert.deepEqual(
      JSON.parse(at(only(result, POLICY), "policy") as string),
      routerPolicy({
        parameterArn:
          "arn:aws:ssm:eu-central-1:123456789012:parameter/k8s-test/live/tailnet-router",
        keyArn: "arn:aws:kms:eu-central-1:123456789012:key/k1",
        groupName: "live-tailnet-router",
      }),
    );
    const attached = result.resources.filter(({ type }) => /Attachment|ManagedPolicy/.test(type));
    assert.deepEqual(attached, []);
  });
});
