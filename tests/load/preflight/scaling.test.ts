import { strict as assert } from "node:assert";

import type { V2HorizontalPodAutoscaler } from "@kubernetes/client-node";

import {
  activeProblem,
  rangeProblem,
  sizeProblem,
  uncountedWarning,
} from "../../../load/preflight/scaling";
import { recordedLook } from "../watch/looks";

/** A real autoscaler's, at its maximum of four pods. */
function full(): V2HorizontalPodAutoscaler {
  return recordedLook("four-pods").autoscaler;
}

describe("rangeProblem", () => {
  it("is none where the maximum is above the minimum", () => {
    assert.equal(rangeProblem(full()), undefined);
  });

  it("is that it cannot scale, also where the minimum is left to its default", () => {
    const autoscaler = full();
    assert.ok(autoscaler.spec !== undefined);
    autoscaler.spec.maxReplicas = 1;
    delete autoscaler.spec.minReplicas;
    assert.match(rangeProblem(autoscaler) ?? "", /httpbin cannot scale: .* are both 1\. Set/);
  });
});

describe("sizeProblem", () => {
  it("is that the maximum is there before any load", () => {
    assert.match(sizeProblem(full()) ?? "", /is at its maximum of 4 pods before any load/);
    const three = full();
    assert.ok(three.status !== undefined);
    Object.assign(three.status, { currentReplicas: 3, desiredReplicas: 3 });
    assert.equal(sizeProblem(three), undefined);
    // It asks for all of them, and they are about to come.
    three.status.desiredReplicas = 4;
    assert.match(sizeProblem(three) ?? "", /is at its maximum/);
  });
});

describe("uncountedWarning", () => {
  const onRequests = (): V2HorizontalPodAutoscaler => {
    const autoscaler = full();
    const target = { type: "AverageValue", averageValue: "10" };
    autoscaler.spec?.metrics?.push({
      type: "External",
      external: { metric: { name: "s2-prometheus" }, target },
    });
    return autoscaler;
  };

  it("is none of an autoscaler that reads its pods alone, nor where load goes to the ingress", () => {
    assert.equal(uncountedWarning(full(), "service"), undefined);
    assert.equal(uncountedWarning(onRequests(), "ingress"), undefined);
  });

  it("is that requests to the Service are not counted, and how they are", () => {
    assert.equal(
      uncountedWarning(onRequests(), "service"),
      "The autoscaler httpbin also reads s2-prometheus, which comes from outside of the pods, as KEDA has requests per second from the ingress. This load goes to the Service, where nobody counts it: to have the app scale on requests, give --through ingress.",
    );
  });
});

describe("activeProblem", () => {
  it("is none of an autoscaler that reads its metrics", () => {
    assert.equal(activeProblem(full()), undefined);
  });

  it("is worth waiting for where nothing was looked at yet, or pods have no use yet", () => {
    const young = full();
    delete young.status;
    assert.deepEqual(activeProblem(young), {
      text: "The autoscaler httpbin does not scale (it has not looked yet). See: kubectl describe hpa httpbin -n httpbin",
      isFinal: false,
    });
    assert.equal(
      activeProblem(withActive("FailedGetResourceMetric", "no metrics"))?.isFinal,
      false,
    );
  });

  it("is final where no time will change it, with the autoscaler's own words", () => {
    const message = "missing request for cpu in container web of Pod x";
    assert.deepEqual(activeProblem(withActive("FailedGetResourceMetric", message)), {
      text: `The autoscaler httpbin does not scale (FailedGetResourceMetric: ${message}). See: kubectl describe hpa httpbin -n httpbin`,
      isFinal: true,
    });
    assert.equal(activeProblem(withActive("ScalingDisabled", "replicas is 0"))?.isFinal, true);
  });
});

function withActive(reason: string, message: string): V2HorizontalPodAutoscaler {
  const autoscaler = full();
  assert.ok(autoscaler.status !== undefined);
  autoscaler.status.conditions = [{ type: "ScalingActive", status: "False", reason, message }];
  return autoscaler;
}
