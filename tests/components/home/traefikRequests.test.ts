import { strict as assert } from "node:assert";

import { traefikRequests } from "../../../components/home/traefikRequests";
import { triggerQuery } from "../../../components/monitoring/triggerQuery";

describe("traefikRequests", () => {
  it("asks Prometheus for the app's requests per second, and takes no answer for a failure", () => {
    assert.deepEqual(traefikRequests("http://prometheus.monitoring:9090", "web", "httpbin"), {
      type: "prometheus",
      metadata: {
        serverAddress: "http://prometheus.monitoring:9090",
        query: triggerQuery({ namespace: "web", name: "httpbin" }),
        ignoreNullValues: "false",
      },
      targetKey: "threshold",
      valuePerRequest: 1,
    });
  });
});
