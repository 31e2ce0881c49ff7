import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { refuseLater } from "../../components/refuseLater";

describe("refuseLater", () => {
  it("does nothing where there is no problem", () => {
    refuseLater('Network "a"', []);
  });

  it("throws what the engine prints without a stack", () => {
    const problems = [
      { key: "zones", given: "3", allowed: "at most 2" },
      { key: "nat", given: "x", allowed: "single" },
    ];
    const message =
      'Network "a" cannot be made of these arguments:\n  zones: 3; at most 2\n  nat: x; single';
    assert.throws(
      () => {
        refuseLater('Network "a"', problems);
      },
      (error: unknown) => {
        assert.ok(pulumi.RunError.isInstance(error));
        assert.equal(error.message, message);
        assert.equal(error.stack, message);
        return true;
      },
    );
  });
});
