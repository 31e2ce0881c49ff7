import { strict as assert } from "node:assert";

import { ApiTrouble } from "../../../../components/home/certificate/api";

describe("ApiTrouble", () => {
  it("says of what kind it is, and why", () => {
    const trouble = new ApiTrouble("forbidden", "it may not");
    assert.ok(trouble instanceof Error);
    assert.deepEqual(
      [trouble.name, trouble.kind, trouble.message],
      ["ApiTrouble", "forbidden", "it may not"],
    );
  });
});
