import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { flowLogs } from "../../../components/live/flowLogs";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

const LOG_GROUP =
  "arn:aws-us-gov:logs:us-gov-west-1:111122223333:log-group:/aws/vpc/blue/flow-logs";

describe("flowLogs", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runProgram(
      () => {
        const parent = new pulumi.ComponentResource("test:Parent", "parent");
        flowLogs("net", { clusterName: "blue", vpcId: "vpc-1", retentionDays: 30 }, { parent });
        return Promise.resolve({});
      },
      { outputs: { "aws:cloudwatch/logGroup:LogGroup": () => ({ arn: LOG_GROUP }) } },
    );
  });

  it("record every connection, refused ones too", () => {
    const log = only(result, "aws:ec2/flowLog:FlowLog");
    assert.equal(at(log, "trafficType"), "ALL");
    assert.equal(at(log, "logDestination"), LOG_GROUP);
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
        Resource: `${LOG_GROUP}:*`,
      },
      // It lists, and takes no resource.
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ]);
  });

  it("are written for this account and region only, by the service that records them", () => {
    const { Statement } = JSON.parse(
      String(at(only(result, "aws:iam/role:Role"), "assumeRolePolicy")),
    ) as { Statement: unknown };
    assert.deepEqual(Statement, [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: {
            "aws:SourceArn": "arn:aws-us-gov:ec2:us-gov-west-1:111122223333:vpc-flow-log/*",
          },
        },
      },
    ]);
  });

  it("have a role whose name does not clash with that of a cluster in another region", () => {
    assert.equal(at(only(result, "aws:iam/role:Role"), "name"), undefined);
  });

  it("begin once that role has its rights", () => {
    const policy = only(result, "aws:iam/rolePolicy:RolePolicy");
    assert.ok(only(result, "aws:ec2/flowLog:FlowLog").dependencies.includes(policy.urn));
  });
});
