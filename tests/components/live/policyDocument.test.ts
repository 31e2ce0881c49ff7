import { strict as assert } from "node:assert";

import { actionsOf, allow } from "../../../components/live/policyDocument";

describe("allow", () => {
  it("has no condition where none is given: an empty one would be refused", () => {
    assert.deepEqual(allow("Look", ["ec2:DescribeVpcs"], ["*"]), {
      Sid: "Look",
      Effect: "Allow",
      Action: ["ec2:DescribeVpcs"],
      Resource: ["*"],
    });
  });

  it("keeps the condition that is given", () => {
    const condition = { StringEquals: { "aws:ResourceTag/Cluster": "blue" } };
    assert.deepEqual(allow("Own", ["ec2:DeleteVpc"], ["arn:1"], condition).Condition, condition);
  });
});

describe("actionsOf", () => {
  it("puts the service before each of the names", () => {
    assert.deepEqual(actionsOf("eks", "CreateAddon\n  DeleteAddon"), [
      "eks:CreateAddon",
      "eks:DeleteAddon",
    ]);
  });
});
