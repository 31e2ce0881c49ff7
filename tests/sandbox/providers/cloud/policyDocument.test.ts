import { deepStrictEqual, strictEqual, throws } from "node:assert";

import { policyDocument } from "../../../../sandbox/providers/cloud/aws/policyDocument";
import type { JsonObject } from "../../../../sandbox/providers/skeleton/json";

const parsed = (args: JsonObject): unknown => JSON.parse(policyDocument(args).json);

describe("The policy document that is assembled", () => {
  it("has lists of one as text and others in descending order, as the official one", () => {
    const { json, minifiedJson } = policyDocument({
      statements: [
        {
          sid: "Read",
          actions: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParameter"],
          resources: ["arn:aws:ssm:::parameter/a"],
        },
      ],
    });
    strictEqual(
      minifiedJson,
      '{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow",' +
        '"Action":["ssm:GetParameters","ssm:GetParameter"],"Resource":"arn:aws:ssm:::parameter/a"}]}',
    );
    strictEqual(json, JSON.stringify(JSON.parse(minifiedJson), null, 2));
  });

  it("groups principals by type and conditions by test and variable", () => {
    deepStrictEqual(
      parsed({
        policyId: "trust",
        statements: [
          {
            effect: "Deny",
            notActions: ["sts:TagSession"],
            principals: [
              { type: "Service", identifiers: ["pods.eks.amazonaws.com"] },
              { type: "AWS", identifiers: ["arn:a"] },
              { type: "AWS", identifiers: ["arn:b"] },
            ],
            conditions: [
              { test: "StringEquals", variable: "aws:SourceAccount", values: ["1", "2"] },
              { test: "StringEquals", variable: "aws:SourceArn", values: ["&{aws:username}"] },
            ],
          },
        ],
      }),
      {
        Version: "2012-10-17",
        Id: "trust",
        Statement: [
          {
            Effect: "Deny",
            NotAction: "sts:TagSession",
            Principal: { AWS: ["arn:a", "arn:b"], Service: "pods.eks.amazonaws.com" },
            Condition: {
              StringEquals: { "aws:SourceAccount": ["1", "2"], "aws:SourceArn": "${aws:username}" },
            },
          },
        ],
      },
    );
  });

  it("writes everybody as everybody", () => {
    const everybody = { type: "*", identifiers: ["*"] };
    const document = parsed({ statements: [{ actions: ["s3:*"], principals: [everybody] }] });
    deepStrictEqual(document, {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:*", Principal: "*" }],
    });
  });

  it("puts sources before its own statements, and overrides in place of those with their Sid", () => {
    const with_ = (sid: string, action: string): string =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: { Sid: sid, Effect: "Allow", Action: action },
      });
    deepStrictEqual(
      parsed({
        sourcePolicyDocuments: [with_("A", "a:1"), with_("B", "b:1")],
        statements: [{ sid: "C", actions: ["c:1"] }],
        overridePolicyDocuments: [with_("B", "b:2")],
      }),
      {
        Version: "2012-10-17",
        Statement: [
          { Sid: "A", Effect: "Allow", Action: "a:1" },
          { Sid: "B", Effect: "Allow", Action: "b:2" },
          { Sid: "C", Effect: "Allow", Action: "c:1" },
        ],
      },
    );
  });

  it("refuses two statements of one Sid", () => {
    const statement = { sid: "A", actions: ["a:1"] };
    throws(() => policyDocument({ statements: [statement, statement] }), /duplicate Sid \(A\)/);
  });
});
