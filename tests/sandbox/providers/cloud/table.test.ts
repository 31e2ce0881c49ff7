import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert";

import { mockCall, mockOutputs } from "../../../../sandbox/providers/cloud/mocks";
import { functionShapeOf, shapeOf } from "../../../../sandbox/providers/cloud/shapes";
import { cloudFunctions, cloudTypes } from "../../../../sandbox/providers/cloud/table";

/** What functions only give when they are asked for something. */
const ASKED: Readonly<Record<string, object>> = {
  "aws:ssm/getParameter:getParameter": { name: "/aws/service/ami-amazon-linux-latest/al2023" },
};

describe("The table of the offline clouds", () => {
  for (const [token, type] of Object.entries(cloudTypes)) {
    it(`knows all that ${token} has, and nothing that it has not`, () => {
      const { required, optional, outputs } = shapeOf(token);
      const { state } = mockOutputs(token, "one", {});
      const declared = new Set([...required, ...optional, ...outputs]);
      deepStrictEqual(
        outputs.filter((key) => !(key in state)),
        [],
        "outputs that the SDK declares and the table leaves out",
      );
      deepStrictEqual(
        Object.keys(state).filter((key) => !declared.has(key)),
        [],
        "outputs that the SDK does not know",
      );
      const inputs = type.fixed.map((path) => path.split(".")[0] ?? "");
      deepStrictEqual(
        inputs.filter((key) => ![...required, ...optional].includes(key)),
        [],
        "inputs that the SDK does not know",
      );
    });
  }

  for (const token of Object.keys(cloudFunctions)) {
    it(`answers ${token} with all that the SDK declares`, () => {
      const args = ASKED[token] ?? {};
      const answer = mockCall(token, args);
      const { outputs, optional } = functionShapeOf(token);
      deepStrictEqual(
        outputs.filter((key) => !(key in answer) && !optional.includes(key)),
        [],
      );
      deepStrictEqual(
        Object.keys(answer).filter((key) => !outputs.includes(key)),
        [],
      );
    });
  }

  it("gives the same for the same name, and something else for another", () => {
    const vpc = (name: string): string => mockOutputs("aws:ec2/vpc:Vpc", name, {}).id;
    strictEqual(vpc("one"), vpc("one"));
    ok(vpc("one") !== vpc("two"));
  });

  it("gives ids and ARNs as AWS does, of the region that is asked for", () => {
    const { id, state } = mockOutputs("aws:ec2/subnet:Subnet", "one", { region: "us-gov-west-1" });
    match(id, /^subnet-0[0-9a-f]{16}$/);
    strictEqual(state["arn"], `arn:aws-us-gov:ec2:us-gov-west-1:123456789012:subnet/${id}`);
    const role = mockOutputs("aws:iam/role:Role", "one", { path: "/ci/" });
    strictEqual(role.id, "one");
    strictEqual(role.state["arn"], "arn:aws:iam::123456789012:role/ci/one");
  });

  it("lets inputs win over what it gives, at any depth", () => {
    const { state } = mockOutputs("aws:eks/cluster:Cluster", "one", {
      name: "live",
      vpcConfig: { endpointPublicAccess: false },
    });
    const config = state["vpcConfig"] as Record<string, unknown>;
    strictEqual(config["endpointPublicAccess"], false);
    deepStrictEqual(config["publicAccessCidrs"], []);
    match(String(config["clusterSecurityGroupId"]), /^sg-0/);
    strictEqual(state["arn"], "arn:aws:eks:eu-central-1:123456789012:cluster/live");
  });

  it("refuses what it does not list, by its name", () => {
    throws(() => mockOutputs("aws:s3/bucket:Bucket", "one", {}), /no aws:s3\/bucket:Bucket/);
    throws(() => mockCall("aws:s3/getBucket:getBucket", {}), /aws:s3\/getBucket:getBucket/);
  });
});
