import { strict as assert } from "node:assert";

import { autoscalerSpec, autoscalingProblems } from "../../../components/httpbin/autoscaling";
import { MEMORY_ALLOWED, parseMemory } from "../../../components/httpbin/quantity";

describe("autoscalerSpec", () => {
  it("scales on cpu and memory from 1 to 4 pods by default, out at once and in one by one", () => {
    assert.deepEqual(autoscalerSpec("httpbin", {}), {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "httpbin" },
      minReplicas: 1,
      maxReplicas: 4,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } },
        },
        {
          type: "Resource",
          resource: { name: "memory", target: { type: "AverageValue", averageValue: "204Mi" } },
        },
      ],
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: 0,
          selectPolicy: "Max",
          policies: [{ type: "Pods", value: 4, periodSeconds: 15 }],
        },
        scaleDown: {
          stabilizationWindowSeconds: 120,
          selectPolicy: "Max",
          policies: [{ type: "Pods", value: 1, periodSeconds: 15 }],
        },
      },
    });
  });

  it("takes what it is given, and the default for what is undefined", () => {
    const spec = autoscalerSpec("httpbin", {
      minReplicas: 2,
      maxReplicas: 10,
      cpuTarget: 70,
      memoryTarget: undefined,
      scaleDownStabilizationSeconds: 60,
    });
    assert.equal(spec.minReplicas, 2);
    assert.equal(spec.maxReplicas, 10);
    const metrics = spec.metrics as { resource: { target: object } }[];
    assert.deepEqual(metrics[0]?.resource.target, { type: "Utilization", averageUtilization: 70 });
    assert.deepEqual(metrics[1]?.resource.target, { type: "AverageValue", averageValue: "204Mi" });
    const behavior = spec.behavior as {
      scaleDown: { stabilizationWindowSeconds: number };
      scaleUp: { policies: object[] };
    };
    assert.equal(behavior.scaleDown.stabilizationWindowSeconds, 60);
    assert.deepEqual(behavior.scaleUp.policies, [{ type: "Pods", value: 10, periodSeconds: 15 }]);
  });

  it("adds further metrics after cpu and memory", () => {
    const requests = {
      type: "External",
      external: { metric: { name: "rps" }, target: { type: "AverageValue", averageValue: "10" } },
    };
    const { metrics } = autoscalerSpec("httpbin", { extraMetrics: [requests] });
    assert.deepEqual((metrics as unknown[])[2], requests);
  });
});

describe("autoscalingProblems", () => {
  const keys = (...args: Parameters<typeof autoscalingProblems>): string[] =>
    autoscalingProblems(...args).map(({ key }) => key);

  it("finds nothing wrong with the defaults", () => {
    assert.deepEqual(autoscalingProblems({}, "256Mi"), []);
  });

  // At each number of pods the autoscaler asks for `ceil(pods * use / target)`. What it asks for at
  // four stays for a whole stabilization window, and where that is two, another one follows.
  it("has a default with which four pods at rest are worth one, and come back in one window", () => {
    const { metrics, maxReplicas } = autoscalerSpec("httpbin", {}) as {
      metrics: { resource: { target: { averageValue: string } } }[];
      maxReplicas: number;
    };
    const target = parseMemory(metrics[1]?.resource.target.averageValue ?? "") ?? 0;
    const atRest = parseMemory("51Mi") ?? 0;
    assert.equal(Math.ceil((maxReplicas * atRest) / target), 1);
  });

  it("wants the memory target at twice the idle use for one pod to come back to", () => {
    assert.deepEqual(keys({ idleMemory: "60Mi", memoryTarget: "120Mi" }, "256Mi"), []);
    assert.deepEqual(keys({ idleMemory: "61Mi", memoryTarget: "120Mi" }, "256Mi"), [
      "autoscaling.memoryTarget",
    ]);
  });

  // The autoscaler's own sum, for every number of pods above the minimum.
  it("lets through just the targets from which the autoscaler's sum leads back to the minimum", () => {
    const idle = 40;
    for (let minReplicas = 1; minReplicas <= 4; minReplicas++) {
      for (let target = idle; target <= 2.5 * idle; target++) {
        let pods = 10;
        for (let step = 0; step < 20; step++) {
          pods = Math.max(minReplicas, Math.ceil((pods * idle) / target));
        }
        const args = {
          minReplicas,
          maxReplicas: 10,
          idleMemory: "40Mi",
          memoryTarget: `${String(target)}Mi`,
        };
        const comesBack = pods === minReplicas;
        assert.equal(keys(args, "256Mi").length === 0, comesBack, JSON.stringify(args));
      }
    }
  });

  it("finds the limit wrong, and not the target, where no target would do", () => {
    assert.deepEqual(keys({ idleMemory: "300Mi" }, "256Mi"), ["resources.limits.memory"]);
  });

  it("takes the least and the greatest of each number", () => {
    const least = { minReplicas: 1, maxReplicas: 1, cpuTarget: 1 };
    assert.deepEqual(keys({ ...least, scaleDownStabilizationSeconds: 0 }, "256Mi"), []);
    assert.deepEqual(keys({ scaleDownStabilizationSeconds: 3600 }, "256Mi"), []);
  });

  it("says what is allowed and what would do", () => {
    const args = {
      minReplicas: 0,
      maxReplicas: 0,
      cpuTarget: 0,
      memoryTarget: "lots",
      idleMemory: "some",
      scaleDownStabilizationSeconds: -1,
    };
    assert.deepEqual(
      autoscalingProblems(args, "256Mi").map(({ given, allowed, suggestion }) => [
        given,
        allowed,
        suggestion,
      ]),
      [
        ["0", "a whole number of at least 1", 1],
        ["0", "a whole number of at least 1", 4],
        ["0", "a whole number of percent, at least 1", 50],
        ["-1", "a whole number of seconds from 0 to 3600", 120],
        ["lots", MEMORY_ALLOWED, "204Mi"],
        ["some", MEMORY_ALLOWED, "56Mi"],
      ],
    );
  });

  it("refuses numbers that are no numbers of pods, percent or seconds", () => {
    assert.deepEqual(keys({ minReplicas: 0 }, "256Mi"), ["autoscaling.minReplicas"]);
    assert.deepEqual(keys({ maxReplicas: 1.5 }, "256Mi"), ["autoscaling.maxReplicas"]);
    assert.deepEqual(keys({ minReplicas: 5 }, "256Mi"), ["autoscaling.maxReplicas"]);
    assert.deepEqual(keys({ cpuTarget: 0 }, "256Mi"), ["autoscaling.cpuTarget"]);
    assert.deepEqual(keys({ scaleDownStabilizationSeconds: 3601 }, "256Mi"), [
      "autoscaling.scaleDownStabilizationSeconds",
    ]);
    assert.deepEqual(keys({ memoryTarget: "120MB", idleMemory: "-1" }, "256Mi"), [
      "autoscaling.memoryTarget",
      "autoscaling.idleMemory",
    ]);
  });
});
