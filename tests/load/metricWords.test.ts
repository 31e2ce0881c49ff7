import { strict as assert } from "node:assert";

import { metricWords } from "../../load/metricWords";

describe("metricWords", () => {
  it("are words, but for a name of KEDA's own", () => {
    assert.deepEqual(
      ["cpu", "requests_per_second", "requests-per-second", "s2-prometheus"].map(metricWords),
      ["cpu", "requests per second", "requests per second", "s2-prometheus"],
    );
  });
});
