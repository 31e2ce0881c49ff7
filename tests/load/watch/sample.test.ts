import { strict as assert } from "node:assert";

import type { V1EndpointSlice } from "@kubernetes/client-node";

import { sampleOf } from "../../../load/watch/sample";
import { recordedLook } from "./looks";

const TRAFFIC = { requestsPerSecond: 300, requests: 4000, failed: 0, p99: 12 };

describe("sampleOf", () => {
  it("takes pods, addresses and use from what a cluster says", () => {
    assert.deepEqual(sampleOf(recordedLook("four-pods"), TRAFFIC), {
      pods: { desired: 4, current: 4, ready: 4, endpoints: 4 },
      metrics: [
        { name: "cpu", unit: "%", current: 356, target: 50 },
        { name: "memory", unit: "MiB", current: 41.707, target: 204 },
      ],
      traffic: TRAFFIC,
    });
  });

  it("does not count a pod that ends, though it still says that it is ready", () => {
    const { pods } = sampleOf(recordedLook("one-ends"), TRAFFIC);
    assert.deepEqual(pods, { desired: 3, current: 3, ready: 3, endpoints: 3 });
  });

  it("has nothing to tell of an autoscaler that has not looked yet, and of no address", () => {
    const look = recordedLook("four-pods");
    delete look.autoscaler.status;
    // As the API server sends it, whatever the client's types say.
    look.slices = [{ endpoints: null } as unknown as V1EndpointSlice];
    const { pods, metrics } = sampleOf(look, TRAFFIC);
    assert.deepEqual([pods.desired, pods.endpoints, metrics], [0, 0, []]);
  });
});
