import { strict as assert } from "node:assert";

import { architectures } from "../../image/platform";

describe("architectures", () => {
  it("are both where no platform is named", () => {
    assert.deepEqual(architectures([]), ["amd64", "arm64"]);
  });

  it("are those of the platforms, each once", () => {
    assert.deepEqual(architectures(["linux/arm64", "linux/arm64"]), ["arm64"]);
  });

  it("names every platform that there is no image for", () => {
    assert.throws(() => architectures(["linux/arm64", "linux/s390x", "toString"]), {
      name: "UserError",
      message:
        "There is no image for linux/s390x, toString: --platform takes linux/amd64 and linux/arm64. Leave it away for both.",
    });
  });
});
