import { strict as assert } from "node:assert";

import type * as z from "zod";

import {
  addonVersion,
  arn,
  cidr,
  ec2Id,
  principalArn,
  region,
  retentionDays,
} from "../../settings/awsFields";

/** Those of some values that a field takes. */
function taken(field: z.ZodType, values: unknown[]): unknown[] {
  return values.filter((value) => field.safeParse(value).success);
}

describe("region", () => {
  it("takes regions of every partition, and no zone or place", () => {
    const good = ["eu-central-1", "us-gov-west-1", "cn-north-1", "eusc-de-east-1"];
    assert.deepEqual(taken(region(""), [...good, "eu-central-1a", "Frankfurt", "eu-1", ""]), good);
  });
});

describe("principalArn", () => {
  it("takes roles and users, with their paths, and nobody else", () => {
    const of = (rest: string): string => `arn:aws:iam::123456789012:${rest}`;
    const good = [
      of("role/admin"),
      of("user/team/anna@example.com"),
      of("role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Admin_0123456789abcdef"),
      "arn:aws-cn:iam::123456789012:role/admin",
    ];
    const bad = [
      of("root"),
      of("group/admins"),
      of("role/"),
      of("role//admin"),
      of(`role/${"a".repeat(65)}`),
      "arn:aws:iam::1234:role/admin",
      "arn:aws:iam:eu-central-1:123456789012:role/admin",
      "arn:aws:sts::123456789012:assumed-role/admin/anna",
    ];
    assert.deepEqual(taken(principalArn("", "role/a"), [...good, ...bad]), good);
  });

  it("has an example that it takes itself", () => {
    const field = principalArn("", "role/ci");
    assert.equal(field.meta()?.example, "arn:aws:iam::123456789012:role/ci");
    assert.ok(field.safeParse(field.meta()?.example).success);
  });
});

describe("arn", () => {
  it("takes the ARNs of one service, of which it names no other", () => {
    const field = arn("", { service: "kms", rest: "key/\\w+", example: "key/1", what: "a key" });
    const start = "arn:aws:kms:eu-central-1:123456789012:";
    const bad = [`${start}alias/a`, `${start}key/1/2`, "arn:aws:kms::123456789012:key/1", "key/1"];
    assert.deepEqual(taken(field, [`${start}key/1`, ...bad]), [`${start}key/1`]);
    assert.equal(field.meta()?.allowed, "the ARN of a key");
  });
});

describe("cidr", () => {
  it("takes ranges by their first address, and no other spelling of them", () => {
    const good = ["10.0.0.0/8", "0.0.0.0/0", "192.0.2.1/32", "172.16.0.0/12"];
    const bad = ["10.0.0.1/8", "10.0.0.0", "10.0.0.0/33", "300.0.0.0/8", "010.0.0.0/8", "fd00::/8"];
    assert.deepEqual(taken(cidr("", ""), [...good, ...bad]), good);
  });
});

describe("ec2Id", () => {
  it("takes ids of one kind, of the old length and the new", () => {
    const good = ["vpc-01234567", "vpc-0123456789abcdef0"];
    assert.deepEqual(taken(ec2Id("", "vpc"), [...good, "vpc-1", "subnet-01234567", "vpc-A"]), good);
  });
});

describe("retentionDays", () => {
  it("takes the numbers of days that CloudWatch does", () => {
    assert.deepEqual(taken(retentionDays(""), [1, 90, 3653, 0, 2, 100, "90"]), [1, 90, 3653]);
  });
});

describe("addonVersion", () => {
  it("takes versions as EKS writes them", () => {
    const good = ["v1.22.4-eksbuild.3"];
    assert.deepEqual(taken(addonVersion("", ""), [...good, "v1.22.4", "1.22.4", "latest"]), good);
  });
});
