import { strict as assert } from "node:assert";

import { githubTrust } from "../../../components/live/githubTrust";

describe("githubTrust", () => {
  it("names the repository with each environment, and nothing by a wildcard", () => {
    const trust = githubTrust({
      partition: "aws-cn",
      accountId: "123456789012",
      repository: "owner@12/name@34",
      environments: ["preview-live", "drift-live"],
    });
    assert.deepEqual(trust.Statement, [
      {
        Sid: "JobsOfEnvironments",
        Effect: "Allow",
        Principal: {
          Federated:
            "arn:aws-cn:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
        },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": [
              "repo:owner@12/name@34:environment:preview-live",
              "repo:owner@12/name@34:environment:drift-live",
            ],
          },
        },
      },
    ]);
  });
});
