import { strict as assert } from "node:assert";

import { autoscalerSpec } from "../../../components/httpbin/autoscaling";
import type { RequestsTrigger } from "../../../components/httpbin/requestsTrigger";
import {
  kedaAutoscalerName,
  requestsProblems,
  scaledObjectSpec,
} from "../../../components/httpbin/scaledObject";

const trigger: RequestsTrigger = {
  type: "prometheus",
  metadata: { serverAddress: "http://prometheus:9090", query: "sum(x)" },
  targetKey: "threshold",
  valuePerRequest: 1,
};

describe("scaledObjectSpec", () => {
  const spec = (more: Partial<Parameters<typeof scaledObjectSpec>[0]> = {}): object =>
    scaledObjectSpec({
      name: "httpbin",
      deployment: "httpbin",
      autoscaling: {},
      requests: { target: 20 },
      trigger,
      ...more,
    });

  it("scales on cpu, memory and requests, and holds the number of pods without the last", () => {
    const { behavior } = autoscalerSpec("httpbin", {});
    assert.deepEqual(spec(), {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "httpbin" },
      minReplicaCount: 1,
      maxReplicaCount: 4,
      fallback: { failureThreshold: 3, replicas: 1, behavior: "currentReplicas" },
      advanced: {
        restoreToOriginalReplicaCount: false,
        horizontalPodAutoscalerConfig: { name: "keda-hpa-httpbin", behavior },
      },
      triggers: [
        { type: "cpu", metricType: "Utilization", metadata: { value: "50" } },
        { type: "memory", metricType: "AverageValue", metadata: { value: "204Mi" } },
        {
          type: "prometheus",
          name: "requests-per-second",
          metricType: "AverageValue",
          metadata: { serverAddress: "http://prometheus:9090", query: "sum(x)", threshold: "20" },
        },
      ],
    });
  });

  it("has the bounds, the targets and the behavior of the app's own autoscaler", () => {
    const autoscaling = { minReplicas: 2, maxReplicas: 9, cpuTarget: 70, memoryTarget: "150Mi" };
    const { minReplicas, maxReplicas, behavior } = autoscalerSpec("httpbin", autoscaling);
    const made = spec({ autoscaling }) as {
      minReplicaCount: number;
      maxReplicaCount: number;
      fallback: { replicas: number };
      advanced: { horizontalPodAutoscalerConfig: { behavior: object } };
      triggers: { metadata: { value?: string } }[];
    };
    assert.equal(made.minReplicaCount, minReplicas);
    assert.equal(made.maxReplicaCount, maxReplicas);
    assert.equal(made.fallback.replicas, 2);
    assert.deepEqual(made.advanced.horizontalPodAutoscalerConfig.behavior, behavior);
    assert.deepEqual(
      made.triggers.map(({ metadata }) => metadata.value),
      ["70", "150Mi", undefined],
    );
  });

  it("aims at as much as the metric shows, where that counts by the minute", () => {
    const byMinute = { ...trigger, targetKey: "targetMetricValue", valuePerRequest: 60 };
    const { triggers } = spec({ trigger: byMinute }) as { triggers: { metadata: object }[] };
    assert.deepEqual(triggers[2]?.metadata, { ...trigger.metadata, targetMetricValue: "1200" });
  });

  it("names the trigger's authentication, where it has one", () => {
    const { triggers } = spec({ authentication: "httpbin" }) as { triggers: object[] };
    assert.deepEqual(
      triggers.map((one) => ("authenticationRef" in one ? one.authenticationRef : undefined)),
      [undefined, undefined, { name: "httpbin" }],
    );
  });

  it("has an autoscaler with another name than the app's own", () => {
    assert.notEqual(kedaAutoscalerName("httpbin"), "httpbin");
  });
});

describe("requestsProblems", () => {
  it("finds nothing wrong where an app does not scale on requests", () => {
    assert.deepEqual(requestsProblems({}, false), []);
    assert.deepEqual(requestsProblems({ extraMetrics: [{ type: "Pods" }] }, true), []);
  });

  it("takes the least and the greatest of each number, and nothing beyond", () => {
    const keys = (target: number, failureThreshold: number): string[] =>
      requestsProblems({ requestsPerSecond: { target, failureThreshold } }, true).map(({ key }) =>
        key.replace("autoscaling.requestsPerSecond.", ""),
      );
    assert.deepEqual(keys(1, 0), []);
    assert.deepEqual(keys(10_000, 100), []);
    for (const target of [0, -1, 0.5, 10_001, Number.NaN]) {
      assert.deepEqual(keys(target, 3), ["target"], String(target));
    }
    for (const threshold of [-1, 0.5, 101]) {
      assert.deepEqual(keys(20, threshold), ["failureThreshold"], String(threshold));
    }
  });

  it("wants to know where requests are counted, and no metrics that KEDA would not see", () => {
    const requestsPerSecond = { target: 20 };
    assert.deepEqual(
      requestsProblems({ requestsPerSecond, extraMetrics: [{ type: "Pods" }] }, false).map(
        ({ key, given }) => [key, given],
      ),
      [
        ["autoscaling.requestsPerSecond", "a target, and no requestsTrigger"],
        ["autoscaling.extraMetrics", "1 with requestsPerSecond"],
      ],
    );
  });
});
