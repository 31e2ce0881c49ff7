import { strict as assert } from "node:assert";

import { hostArchitecture } from "../../host/emulation";

describe("hostArchitecture", () => {
  it("knows the two architectures by Node's names", () => {
    assert.equal(hostArchitecture("x64"), "amd64");
    assert.equal(hostArchitecture("arm64"), "arm64");
  });

  it("refuses any other", () => {
    assert.throws(() => hostArchitecture("riscv64"), {
      name: "UserError",
      message: "This machine is of the architecture riscv64: amd64 or arm64 is needed.",
    });
  });
});
