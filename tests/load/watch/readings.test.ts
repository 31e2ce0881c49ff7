import { strict as assert } from "node:assert";

import type { V2HorizontalPodAutoscaler } from "@kubernetes/client-node";

import { readingsOf } from "../../../load/watch/readings";

function autoscaler(metrics: object[], currentMetrics?: object[]): V2HorizontalPodAutoscaler {
  return { spec: { metrics }, status: { currentMetrics } } as unknown as V2HorizontalPodAutoscaler;
}

describe("readingsOf", () => {
  it("takes requests per second, as a value of each pod or of all, without a unit", () => {
    const metric = { name: "requests" };
    const each = { type: "AverageValue", averageValue: "10" };
    const all = { type: "Value", value: "40" };
    assert.deepEqual(
      readingsOf(
        autoscaler(
          [{ type: "External", external: { metric, target: each } }],
          [{ type: "External", external: { metric, current: { averageValue: "12500m" } } }],
        ),
      ),
      [{ name: "requests", unit: "", current: 12.5, target: 10 }],
    );
    assert.deepEqual(
      readingsOf(
        autoscaler(
          [{ type: "External", external: { metric, target: all } }],
          [{ type: "External", external: { metric, current: { value: "38" } } }],
        ),
      ),
      [{ name: "requests", unit: "", current: 38, target: 40 }],
    );
  });

  it("leaves out what was not read, or only half", () => {
    const cpu = { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } };
    const metrics = [{ type: "Resource", resource: cpu }];
    assert.deepEqual(readingsOf(autoscaler(metrics)), []);
    const other = { type: "Resource", resource: { name: "memory", current: { value: "0" } } };
    assert.deepEqual(readingsOf(autoscaler(metrics, [other])), []);
    const half = { type: "Resource", resource: { name: "cpu", current: { value: "0" } } };
    assert.deepEqual(readingsOf(autoscaler(metrics, [half])), []);
    assert.deepEqual(readingsOf({}), []);
  });
});
