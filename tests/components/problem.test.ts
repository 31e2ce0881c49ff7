import { strict as assert } from "node:assert";

import { ArgumentError, refuse } from "../../components/problem";

describe("refuse", () => {
  it("does nothing where there is no problem", () => {
    refuse('App "a"', []);
  });

  it("throws for one problem as well", () => {
    assert.throws(
      () => {
        refuse("App", [{ key: "host", given: "A", allowed: "a DNS name" }]);
      },
      { name: "ArgumentError", message: /host: A; a DNS name$/ },
    );
  });

  it("throws with every problem in one message", () => {
    const problems = [
      { key: "host", given: "A", allowed: "a DNS name" },
      { key: "size.cpu", given: "x", allowed: "a quantity", suggestion: "100m" },
    ];
    assert.throws(
      () => {
        refuse('App "a"', problems);
      },
      (error: unknown) => {
        assert.ok(error instanceof ArgumentError);
        assert.equal(error.component, 'App "a"');
        assert.deepEqual(error.problems, problems);
        assert.equal(
          error.message,
          'App "a" cannot be made of these arguments:\n  host: A; a DNS name\n  size.cpu: x; a quantity',
        );
        return true;
      },
    );
  });
});
