import { strict as assert } from "node:assert";

import { otherThanAsked } from "../../../sandbox/cluster/otherThanAsked";

const MONITORED = { tier: "node", edge: true, monitoring: true } as const;
const WITH_EDGE = { ...MONITORED, monitoring: false };

describe("otherThanAsked", () => {
  it("is nothing where a cluster is as it is asked for, or has KEDA and Prometheus besides", () => {
    assert.deepEqual(otherThanAsked(MONITORED, MONITORED), []);
    assert.deepEqual(otherThanAsked(WITH_EDGE, WITH_EDGE), []);
    assert.deepEqual(otherThanAsked(MONITORED, WITH_EDGE), []);
    const any = { tier: "auto", edge: "auto", monitoring: false } as const;
    for (const has of [MONITORED, WITH_EDGE, { tier: "cluster" } as const]) {
      assert.deepEqual(otherThanAsked(has, any), []);
    }
  });

  it("is KEDA and Prometheus where a real node runs without", () => {
    assert.deepEqual(otherThanAsked(WITH_EDGE, MONITORED), ["with KEDA and Prometheus"]);
  });

  it("is the edge, there or not", () => {
    const without = { tier: "node", edge: false, monitoring: false } as const;
    assert.deepEqual(otherThanAsked(WITH_EDGE, without), ["without an edge"]);
    assert.deepEqual(otherThanAsked(MONITORED, without), ["without an edge"]);
    assert.deepEqual(otherThanAsked({ tier: "node" }, WITH_EDGE), ["with an edge"]);
    // A node that is simulated has none, and is taken for what it is.
    assert.deepEqual(otherThanAsked({ tier: "cluster" }, { ...WITH_EDGE, tier: "auto" }), []);
  });

  it("is all of it at once", () => {
    assert.deepEqual(otherThanAsked({ tier: "node" }, MONITORED), [
      "with an edge",
      "with KEDA and Prometheus",
    ]);
    assert.deepEqual(otherThanAsked({ tier: "cluster" }, MONITORED), [
      "of tier node",
      "with KEDA and Prometheus",
    ]);
  });
});
