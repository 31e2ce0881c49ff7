import { strict as assert } from "node:assert";
import { inspect } from "node:util";

import * as pulumi from "@pulumi/pulumi";

import { plainError } from "../../components/plainError";

describe("plainError", () => {
  it("is one whose stack the engine does not print", () => {
    assert.ok(pulumi.RunError.isInstance(plainError("No way.")));
    assert.ok(plainError("No way.") instanceof Error);
  });

  it("shows its message and nothing else, however it is looked at", () => {
    const error = plainError("No way.\n  mend: go");
    assert.equal(error.message, "No way.\n  mend: go");
    assert.equal(error.stack, "No way.\n  mend: go");
    assert.match(inspect(error, { colors: true }), /No way\.\n {2}mend: go/);
    assert.doesNotMatch(inspect(error), /plainError\.test/);
  });

  it("keeps its message where the SDK would put the name of an input before it", async () => {
    const serialize = pulumi.runtime.serializeProperties("b", {
      kubeconfig: Promise.reject(plainError("No way.")),
    });
    await assert.rejects(serialize, { message: "No way." });
  });
});
