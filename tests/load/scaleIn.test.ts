import { strict as assert } from "node:assert";

import type { V2HPAScalingRules, V2HorizontalPodAutoscaler } from "@kubernetes/client-node";

import { scaleInTime } from "../../load/scaleIn";

/** Between scrapes, and the autoscaler's own look, in seconds. */
const HEARD = 30 + 15;

function autoscaler(
  scaleDown: V2HPAScalingRules | undefined,
  { minReplicas = 1, memory = "40Mi" } = {},
): V2HorizontalPodAutoscaler {
  const target = { type: "AverageValue", averageValue: "100Mi" };
  return {
    spec: {
      scaleTargetRef: { kind: "Deployment", name: "httpbin" },
      minReplicas,
      maxReplicas: 10,
      metrics: [{ type: "Resource", resource: { name: "memory", target } }],
      ...(scaleDown && { behavior: { scaleDown } }),
    },
    status: {
      desiredReplicas: 4,
      currentMetrics: [
        { type: "Resource", resource: { name: "memory", current: { averageValue: memory } } },
      ],
    },
  };
}

const onePod = [{ type: "Pods", value: 1, periodSeconds: 15 }];

describe("scaleInTime", () => {
  it("is one window, and a step every 15 to 30 seconds, for the behaviour of the app", () => {
    const rules = { stabilizationWindowSeconds: 120, selectPolicy: "Max", policies: onePod };
    const idle = { memory: "25Mi" };
    assert.deepEqual(scaleInTime(autoscaler(rules, idle), 4), { seconds: HEARD + 120 + 30 + 30 });
    assert.deepEqual(scaleInTime(autoscaler(rules, idle), 2), { seconds: HEARD + 120 });
  });

  it("is a window more where memory at rest asks for more than the minimum", () => {
    const rules = { stabilizationWindowSeconds: 120, policies: onePod };
    // Four pods of 40 of 100 MiB ask for two; two ask for one.
    assert.deepEqual(scaleInTime(autoscaler(rules, { memory: "40Mi" }), 4), {
      seconds: HEARD + (120 + 15 + 15) + 120,
    });
  });

  it("is five minutes and one step with Kubernetes' own behaviour", () => {
    assert.deepEqual(scaleInTime(autoscaler(undefined, { memory: "1Mi" }), 10), {
      seconds: HEARD + 300,
    });
  });

  it("takes the policy that lets most go, or least, as the autoscaler does", () => {
    const policies = [
      { type: "Percent", value: 50, periodSeconds: 60 },
      { type: "Pods", value: 1, periodSeconds: 60 },
    ];
    const rules = { stabilizationWindowSeconds: 0, policies };
    const idle = { memory: "1Mi" };
    // 8, 4, 2, 1: the last two a minute each after the one before, and a look later.
    assert.deepEqual(scaleInTime(autoscaler(rules, idle), 8), { seconds: HEARD + 120 + 30 });
    assert.deepEqual(scaleInTime(autoscaler({ ...rules, selectPolicy: "Min" }, idle), 4), {
      seconds: HEARD + 120 + 30,
    });
  });

  it("is nothing to wait for where the minimum is there", () => {
    assert.deepEqual(scaleInTime(autoscaler(undefined, { minReplicas: 2 }), 2), { seconds: HEARD });
  });

  it("says why it never comes back", () => {
    assert.deepEqual(scaleInTime(autoscaler({ selectPolicy: "Disabled" }), 4), {
      never: "its scale-in is disabled",
    });
    const nothing = { policies: [{ type: "Percent", value: 0, periodSeconds: 15 }] };
    assert.deepEqual(scaleInTime(autoscaler(nothing), 4), {
      never: "its policies for scale-in let no pod go",
    });
  });
});
