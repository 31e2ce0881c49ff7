import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { managedRole, podRole } from "../../../components/live/managedRole";
import { awsCalls, awsOutputs } from "../../support/aws";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

function runRoles(make: (parent: pulumi.ComponentResource) => void): Promise<ProgramResult> {
  return runProgram(
    () => {
      make(new pulumi.ComponentResource("test:Parent", "parent"));
      return Promise.resolve({});
    },
    { calls: awsCalls, outputs: awsOutputs },
  );
}

function trustOf(result: ProgramResult): unknown {
  const policy = at(only(result, "aws:iam/role:Role"), "assumeRolePolicy");
  return (JSON.parse(String(policy)) as { Statement: unknown }).Statement;
}

describe("managedRole", () => {
  it("is for one service, with the policies that are named and no others", async () => {
    const result = await runRoles((parent) => {
      managedRole(
        "nodes",
        { service: "ec2.amazonaws.com", policies: ["One", "Two"], description: "Nodes" },
        { parent },
      );
    });
    assert.deepEqual(trustOf(result), [
      { Effect: "Allow", Action: ["sts:AssumeRole"], Principal: { Service: "ec2.amazonaws.com" } },
    ]);
    assert.deepEqual(
      result.resources.filter(({ type }) => type === ATTACHMENT).map(({ inputs }) => inputs),
      [
        { role: "nodes-role", policyArn: "arn:aws:iam::aws:policy/One" },
        { role: "nodes-role", policyArn: "arn:aws:iam::aws:policy/Two" },
      ],
    );
  });

  it("goes by the partition, so that it is right in China and for governments too", async () => {
    const result = await runProgram(
      () => {
        managedRole("r", { service: "s", policies: ["One"], description: "" }, {});
        return Promise.resolve({});
      },
      { calls: { "aws:index/getPartition:getPartition": () => ({ partition: "aws-cn" }) } },
    );
    assert.equal(at(only(result, ATTACHMENT), "policyArn"), "arn:aws-cn:iam::aws:policy/One");
  });
});

describe("podRole", () => {
  it("is for pods, by Pod Identity, which tags its sessions", async () => {
    const result = await runRoles((parent) => {
      podRole("pod", { policies: [], description: "Pods" }, { parent });
    });
    assert.deepEqual(trustOf(result), [
      {
        Effect: "Allow",
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Principal: { Service: "pods.eks.amazonaws.com" },
      },
    ]);
  });
});
