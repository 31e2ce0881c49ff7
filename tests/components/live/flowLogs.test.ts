import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { flowLogs } from "../../../components/live/flowLogs";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

describe("flowLogs", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runProgram(
      () => {
        const parent = new pulumi.ComponentResource("test:Parent", "parent");
        flowLogs("net", { clusterName: "blue", vpcId: "vpc-1", retentionDays: 30 }, { parent });
        return Promise.resolve({});
      },
      { outputs: { "aws:cloudwatch/logGroup:LogGroup": () => ({ arn: "arn:log-group" }) } },
    );
  });

  it("record every connection, refused ones too", () => {
    const log = only(result, "aws:ec2/flowLog:FlowLog");
    assert.equal(at(log, "trafficType"), "ALL");
    assert.equal(at(log, "logDestination"), "arn:log-group");
  });

  it("are kept for as long as said, and go with the stack", () => {
    assert.deepEqual(only(result, "aws:cloudwatch/logGroup:LogGroup").inputs, {
      name: "/aws/vpc/blue/flow-logs",
      retentionInDays: 30,
    });
  });

  it("are written by a role that writes to this log group, and does nothing else", () => {
    const { Statement } = JSON.parse(
      String(at(only(result, "aws:iam/rolePolicy:RolePolicy"), "policy")),
    ) as { Statement: unknown };
    assert.deepEqual(Statement, [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: "arn:log-group:*",
      },
      // It lists, and takes no resource.
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]);
  });

  it("begin once that role has its rights", () => {
    const policy = only(result, "aws:iam/rolePolicy:RolePolicy");
    assert.ok(only(result, "aws:ec2/flowLog:FlowLog").dependencies.includes(policy.urn));
  });
});
