import { strict as assert } from "node:assert";

import { withDefaults } from "../../components/defaults";

describe("withDefaults", () => {
  it("keeps what is given and fills in what is not, or is undefined", () => {
    const args: { a?: number | undefined; b?: number; c?: number } = { a: undefined, b: 2 };
    assert.deepEqual(withDefaults({ a: 1, b: 1, c: 1 }, args), { a: 1, b: 2, c: 1 });
  });

  it("takes zero, false and an empty text for values", () => {
    assert.deepEqual(withDefaults({ a: 1, b: true, c: "c" }, { a: 0, b: false, c: "" }), {
      a: 0,
      b: false,
      c: "",
    });
  });
});
