import { strict as assert } from "node:assert";

import { goProblem } from "../../../sandbox/toolchain/go";

describe("goProblem", () => {
  it("says how to come by Go where there is none", () => {
    assert.match(goProblem("ENOENT", ""), /^Go is not on PATH.*Install Go/);
  });

  it("names the version that is there and the one that is needed", () => {
    const words =
      "go: go.mod requires go >= 1.26.0 (running go 1.24.5; GOTOOLCHAIN=local)\nexit status 1";
    assert.match(goProblem(undefined, words), /^Go 1\.24\.5 is too old.*1\.26\.0 or newer/);
  });

  it("says so of a Go that is too old to read the file", () => {
    const words = "go: errors parsing go.mod:\n/x/go.mod:5: unknown directive: tool";
    assert.match(goProblem(undefined, words), /^Go is too old/);
  });

  it("passes on what it does not know", () => {
    assert.equal(
      goProblem("EACCES", "permission denied"),
      "Go does not work here: permission denied",
    );
  });
});
