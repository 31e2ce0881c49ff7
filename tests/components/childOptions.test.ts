import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { callOptions, childOptions } from "../../components/childOptions";
import { runProgram } from "../support/program";

describe("childOptions", () => {
  it("hands on what the component depends on, and nothing else", async () => {
    await runProgram(() => {
      const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
      const other = new pulumi.ComponentResource("test:index:Other", "other");
      const opts = { dependsOn: [other], protect: true };
      assert.deepEqual(childOptions(parent, opts), { parent, dependsOn: [other] });
      assert.deepEqual(childOptions(parent, { protect: true }), { parent });
      assert.deepEqual(childOptions(parent, undefined), { parent });
      return Promise.resolve({});
    });
  });
});

describe("callOptions", () => {
  it("asks as a child does, but waits for nothing", async () => {
    await runProgram(() => {
      const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
      const other = new pulumi.ComponentResource("test:index:Other", "other");
      assert.deepEqual(callOptions({ parent, dependsOn: [other] }), { parent });
      assert.deepEqual(callOptions({}), {});
      return Promise.resolve({});
    });
  });
});
