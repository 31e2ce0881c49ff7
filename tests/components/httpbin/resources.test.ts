import { strict as assert } from "node:assert";

import { resourceProblems, withResourceDefaults } from "../../../components/httpbin/resources";

describe("withResourceDefaults", () => {
  it("fills in each amount that is not given", () => {
    assert.deepEqual(
      withResourceDefaults({ requests: { cpu: "200m" }, limits: { cpu: undefined } }),
      {
        requests: { cpu: "200m", memory: "128Mi" },
        limits: { cpu: "1", memory: "256Mi" },
      },
    );
  });
});

describe("resourceProblems", () => {
  it("finds nothing wrong with the defaults, nor with a request as high as its limit", () => {
    assert.deepEqual(resourceProblems({}), []);
    assert.deepEqual(resourceProblems({ requests: { cpu: "1000m" }, limits: { cpu: "1" } }), []);
  });

  it("names a request above its limit, and a limit to put it to", () => {
    assert.deepEqual(resourceProblems({ requests: { memory: "1Gi" } }), [
      {
        key: "resources.requests.memory",
        given: "1Gi",
        allowed: "at most the limit, which is 256Mi",
        suggestion: "256Mi",
      },
    ]);
  });

  it("names every amount that is no quantity", () => {
    const problems = resourceProblems({ requests: { cpu: "some" }, limits: { memory: "256MB" } });
    assert.deepEqual(
      problems.map(({ key }) => key),
      ["resources.requests.cpu", "resources.limits.memory"],
    );
  });
});
