import { deepStrictEqual, strictEqual } from "node:assert";

import * as aws from "@pulumi/aws";

import { mockOutputs } from "../../../../sandbox/providers/cloud/mocks";
import { cloudCalls, cloudOutputs } from "../../../../scripts/cloudMocks";
import { runProgram } from "../../../support/program";

describe("The mocks that the offline clouds give unit tests", () => {
  it("answer the functions of a program", async () => {
    const { outputs } = await runProgram(
      () =>
        Promise.resolve({
          account: aws.getCallerIdentityOutput().accountId,
          policy: aws.iam.getPolicyDocumentOutput({
            statements: [{ actions: ["sts:AssumeRole"] }],
          }).minifiedJson,
        }),
      { calls: cloudCalls },
    );
    deepStrictEqual(outputs, {
      account: "123456789012",
      policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}',
    });
  });

  it("give a resource what the offline cloud gives it", () => {
    const inputs = { cidrBlock: "10.80.0.0/16" };
    const outputs = cloudOutputs["aws:ec2/vpc:Vpc"]?.("main", inputs);
    const { id, state } = mockOutputs("aws:ec2/vpc:Vpc", "main", inputs);
    deepStrictEqual(outputs, state);
    strictEqual(state["arn"], `arn:aws:ec2:eu-central-1:123456789012:vpc/${id}`);
  });
});
