import { strict as assert } from "node:assert";

import * as fc from "fast-check";

import type { Values } from "../../../policy/inputs";
import { judge } from "../../../policy/rule";
import { iamNarrow } from "../../../policy/rules/iamNarrow";
import { broken, describeRule, type Violation } from "../../support/policy";

const of = (statement: Values): Omit<Violation, "found"> => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  name: "live-alb-controller",
  path: "policy",
  value: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "One", Effect: "Allow", ...statement }],
  }),
});
const BUCKET = "arn:aws:s3:::logs/*";

async function found(statement: Values): Promise<string[]> {
  const { wrong } = await broken({ ...of(statement), found: [] });
  return (await judge(iamNarrow, [wrong])).map((finding) => finding.found);
}

describeRule(
  iamNarrow,
  {
    "everything of everything": {
      ...of({ Action: "*", Resource: "*" }),
      found: "One: Action *",
    },
    "everything of a service": {
      ...of({ Action: ["s3:GetObject", "s3:*"], Resource: [BUCKET] }),
      found: "One: Action s3:*",
    },
    "an action with a letter left open": {
      ...of({ Action: "s3:?etObject", Resource: BUCKET }),
      found: "One: Action s3:?etObject",
    },
    "everything, written in another way": {
      ...of({ Action: "s3:GetObject", Resource: "**" }),
      found: "One: Resource ** for s3:GetObject",
    },
    "all that there is of a service": {
      ...of({ Action: "s3:GetObject", Resource: "arn:aws:s3:::*" }),
      found: "One: Resource arn:aws:s3:::* for s3:GetObject",
    },
    "all that there is of any": {
      ...of({ Action: "s3:GetObject", Resource: "arn:*" }),
      found: "One: Resource arn:* for s3:GetObject",
    },
    "a role that all but some may take": {
      type: "aws:iam/role:Role",
      name: "live-nodes",
      path: "assumeRolePolicy",
      value: JSON.stringify({
        Statement: { Effect: "Allow", Action: "sts:AssumeRole", NotPrincipal: { AWS: "1" } },
      }),
      found: "assumeRolePolicy: Principal * or NotPrincipal",
    },
    "a resource that could be named": {
      ...of({ Action: ["s3:ListAllMyBuckets", "s3:GetObject"], Resource: ["*"] }),
      found: "One: Resource * for s3:GetObject",
    },
    "an action that is not known, on everything": {
      ...of({ Action: "s3:GuessObject", Resource: "*" }),
      found: "One: Resource * for s3:GuessObject",
    },
    "a policy inside of a role": {
      type: "aws:iam/role:Role",
      name: "live-nodes",
      path: "inlinePolicies",
      value: [{ name: "all", policy: of({ Action: "ec2:*", Resource: "*" }).value ?? "" }],
      found: "One: Action ec2:*",
    },
    "a role that anybody may take": {
      type: "aws:iam/role:Role",
      name: "live-nodes",
      path: "assumeRolePolicy",
      value: JSON.stringify({
        Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } },
      }),
      found: "assumeRolePolicy: Principal * or NotPrincipal",
    },
    "all but something": {
      ...of({ NotAction: "iam:*", Resource: [BUCKET] }),
      found: "One: NotAction",
    },
    "all resources but one": {
      ...of({ Action: "s3:GetObject", NotResource: [BUCKET] }),
      found: "One: NotResource",
    },
  },
  () => {
    it("lets everything be denied, and be allowed with a condition or where none can be named", async () => {
      assert.deepEqual(await found({ Effect: "Deny", Action: "*", Resource: "*" }), []);
      const Condition = { StringEquals: { "aws:ResourceTag/Cluster": "live" } };
      assert.deepEqual(await found({ Action: "ec2:RunInstances", Resource: "*", Condition }), []);
      assert.deepEqual(await found({ Action: "ec2:DescribeInstances", Resource: "*" }), []);
    });

    it("finds a * anywhere in an action", async () => {
      const name = fc.stringMatching(/^[A-Z][a-z]{0,8}$/);
      await fc.assert(
        fc.asyncProperty(name, name, async (before, after) => {
          const action = `s3:${before}*${after}`;
          assert.deepEqual(await found({ Action: action, Resource: BUCKET }), [
            `One: Action ${action}`,
          ]);
        }),
      );
    });
  },
);
