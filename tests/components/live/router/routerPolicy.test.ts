import { strict as assert } from "node:assert";

import { routerPolicy } from "../../../../components/live/router/routerPolicy";
import { ACCOUNT, outcome, type Call } from "../../../support/iam";

const PARAMETER = `arn:aws:ssm:eu-central-1:${ACCOUNT}:parameter/k8s-test/live/tailnet-router`;
const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const GROUPS = `arn:aws:autoscaling:eu-central-1:${ACCOUNT}:autoScalingGroup`;
const GROUP = `${GROUPS}:0f0f0f0f-0000-1111-2222-333333333333:autoScalingGroupName/live-router`;

const policy = routerPolicy({
  parameterArn: PARAMETER,
  keyArn: KEY,
  groupName: "live-router",
});

/** The simulator knows keys of an encryption context by this one name, of its own table. */
function known<T>(document: T): T {
  const text = JSON.stringify(document);
  const key = "kms:EncryptionContext:${EncryptionContextKey}";
  return JSON.parse(text.replaceAll("kms:EncryptionContext:PARAMETER_ARN", key)) as T;
}

function decision({ action, resource, context = {} }: Call): Promise<string> {
  return outcome([known(policy)], { action, resource, context: known(context) });
}

const bySsm = {
  "kms:ViaService": "ssm.eu-central-1.amazonaws.com",
  "kms:EncryptionContext:PARAMETER_ARN": PARAMETER,
};

describe("routerPolicy", () => {
  const allowed: Record<string, Call> = {
    "read its key": { action: "ssm:GetParameter", resource: PARAMETER },
    "have SSM decrypt it": { action: "kms:Decrypt", resource: KEY, context: bySsm },
    "be counted by its group": { action: "autoscaling:CompleteLifecycleAction", resource: GROUP },
  };
  for (const [what, call] of Object.entries(allowed)) {
    it(`lets a router ${what}`, async () => {
      assert.equal(await decision(call), "Allowed");
    });
  }

  const forbidden: Record<string, Call> = {
    "read another parameter": { action: "ssm:GetParameter", resource: `${PARAMETER}-2` },
    "list parameters": { action: "ssm:GetParametersByPath", resource: PARAMETER },
    "change its key": { action: "ssm:PutParameter", resource: PARAMETER },
    "decrypt by itself": {
      action: "kms:Decrypt",
      resource: KEY,
      context: { "kms:EncryptionContext:PARAMETER_ARN": PARAMETER },
    },
    "decrypt another parameter": {
      action: "kms:Decrypt",
      resource: KEY,
      context: { ...bySsm, "kms:EncryptionContext:PARAMETER_ARN": `${PARAMETER}-2` },
    },
    "decrypt by another service": {
      action: "kms:Decrypt",
      resource: KEY,
      context: { ...bySsm, "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" },
    },
    "decrypt with another key": {
      action: "kms:Decrypt",
      resource: KEY.replace("1111", "9999"),
      context: bySsm,
    },
    encrypt: { action: "kms:Encrypt", resource: KEY, context: bySsm },
    "be counted by another group": {
      action: "autoscaling:CompleteLifecycleAction",
      resource: GROUP.replace("live-router", "other-router"),
    },
    "change its group": { action: "autoscaling:UpdateAutoScalingGroup", resource: GROUP },
    "be counted in another region": {
      action: "autoscaling:CompleteLifecycleAction",
      resource: GROUP.replace("eu-central-1", "us-east-1"),
    },
    "talk to the cluster's API as a role": {
      action: "eks:DescribeCluster",
      resource: `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/live`,
    },
    "be anybody else": {
      action: "sts:AssumeRole",
      resource: `arn:aws:iam::${ACCOUNT}:role/admin`,
    },
    "open a session on an instance": {
      action: "ssm:StartSession",
      resource: `arn:aws:ec2:eu-central-1:${ACCOUNT}:instance/i-0123456789abcdef0`,
    },
  };
  for (const [what, call] of Object.entries(forbidden)) {
    it(`does not let a router ${what}`, async () => {
      assert.equal(await decision(call), "ImplicitlyDenied");
    });
  }

  it("names each resource, but for the id of a group that is not made yet", () => {
    assert.deepEqual(
      policy.Statement.flatMap(({ Action, Resource }) => [...Action, ...Resource]).filter((text) =>
        text.includes("*"),
      ),
      [`${GROUPS}:*:autoScalingGroupName/live-router`],
    );
  });

  it("stays in the partition of the parameter", () => {
    const govParameter = "arn:aws-us-gov:ssm:us-gov-west-1:1:parameter/p";
    const gov = routerPolicy({ parameterArn: govParameter, keyArn: KEY, groupName: "g" });
    const [, , group] = gov.Statement;
    assert.deepEqual(group?.Resource, [
      "arn:aws-us-gov:autoscaling:us-gov-west-1:1:autoScalingGroup:*:autoScalingGroupName/g",
    ]);
  });
});
