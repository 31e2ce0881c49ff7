import { strict as assert } from "node:assert";

import {
  arnOf,
  ec2Arns,
  markedBy,
  newlyOwn,
  own,
  unmarked,
} from "../../../../components/live/deployer/deployerScope";
import { SCOPE } from "../../../support/deployer/calls";

describe("arnOf", () => {
  it("is in the partition, the region and the account", () => {
    assert.equal(
      arnOf({ ...SCOPE, partition: "aws-cn" }, "acm", "certificate/*"),
      "arn:aws-cn:acm:eu-central-1:123456789012:certificate/*",
    );
  });
});

describe("ec2Arns", () => {
  it("names each kind once", () => {
    assert.deepEqual(ec2Arns(SCOPE, ["vpc", "subnet", "vpc"]), [
      "arn:aws:ec2:eu-central-1:123456789012:subnet/*",
      "arn:aws:ec2:eu-central-1:123456789012:vpc/*",
    ]);
  });
});

describe("the cluster's mark", () => {
  it("is asked for when something is made, and of what is changed", () => {
    assert.deepEqual(newlyOwn(SCOPE), { StringEquals: { "aws:RequestTag/Cluster": "blue" } });
    assert.deepEqual(own(SCOPE), { StringEquals: { "aws:ResourceTag/Cluster": "blue" } });
  });

  it("is put on what is being made, and on what bears none", () => {
    assert.deepEqual(markedBy(SCOPE, ["CreateVpc", "CreateSubnet"]), {
      StringEquals: {
        "aws:RequestTag/Cluster": "blue",
        "ec2:CreateAction": ["CreateVpc", "CreateSubnet"],
      },
    });
    assert.deepEqual(unmarked(SCOPE), {
      StringEquals: { "aws:RequestTag/Cluster": "blue" },
      Null: { "aws:ResourceTag/Cluster": "true" },
    });
  });
});
