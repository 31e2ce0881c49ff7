import { strict as assert } from "node:assert";

import {
  fallbackInWords,
  fallsBack,
  makesUp,
  namesInTriggers,
  scaledObjectNameOf,
} from "../../../load/watch/scaledObject";
import { kedaLook, recordedLook, REQUESTS_METRIC } from "./looks";

describe("scaledObjectNameOf", () => {
  it("finds it as the owner, or by the label; and none of an autoscaler of the app's own", () => {
    const { autoscaler } = kedaLook({ requests: 1 });
    assert.equal(scaledObjectNameOf(autoscaler), "httpbin");
    assert.equal(
      scaledObjectNameOf({ metadata: { labels: { "scaledobject.keda.sh/name": "web" } } }),
      "web",
    );
    assert.equal(scaledObjectNameOf(recordedLook("four-pods").autoscaler), undefined);
    const owner = { apiVersion: "example.com/v1", kind: "ScaledObject", name: "other", uid: "1" };
    assert.equal(scaledObjectNameOf({ metadata: { ownerReferences: [owner] } }), undefined);
  });
});

describe("namesInTriggers", () => {
  it("takes the names of triggers that have one", () => {
    const spec = { triggers: [{}, { name: "" }, { name: "requests-per-second" }] };
    assert.deepEqual(
      namesInTriggers(["cpu", "s1-prometheus", "s2-aws-cloudwatch", "s7-kafka"], { spec }),
      { "s2-aws-cloudwatch": "requests-per-second" },
    );
    assert.deepEqual(namesInTriggers(["s0-prometheus"], {}), {});
  });
});

describe("a fallback of KEDA's", () => {
  it("is known by its condition, and by which metric was not read", () => {
    const { scaledObject } = kedaLook({ requests: 10, failures: 4 });
    assert.ok(scaledObject !== undefined);
    assert.equal(fallsBack(scaledObject), true);
    assert.equal(makesUp(scaledObject, REQUESTS_METRIC), true);
    // A formula over several has a name that KEDA keeps no health of.
    assert.equal(makesUp(scaledObject, "composite-metric"), true);
    assert.equal(makesUp(scaledObject, "cpu"), false);
    assert.equal(makesUp(undefined, REQUESTS_METRIC), false);
    assert.equal(makesUp(kedaLook({ failures: 3 }).scaledObject, REQUESTS_METRIC), false);
    assert.equal(fallsBack({}), false);
  });

  it("is said by what it asks for", () => {
    const words = (behavior?: string): string =>
      fallbackInWords({ spec: { fallback: { replicas: 2, ...(behavior && { behavior }) } } });
    assert.deepEqual(
      [
        undefined,
        "static",
        "currentReplicas",
        "currentReplicasIfHigher",
        "currentReplicasIfLower",
        "new",
      ].map(words),
      [
        "2 pods",
        "2 pods",
        "as many pods as there are",
        "as many pods as there are, and 2 at least",
        "as many pods as there are, and 2 at most",
        "what its behavior new gives",
      ],
    );
  });
});
