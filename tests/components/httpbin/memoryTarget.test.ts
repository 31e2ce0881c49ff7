import { strict as assert } from "node:assert";

import { memoryTargetProblems } from "../../../components/httpbin/memoryTarget";

const good = { memoryTarget: "120Mi", idleMemory: "40Mi", memoryLimit: "256Mi", minReplicas: 1 };

describe("memoryTargetProblems", () => {
  it("finds nothing wrong between twice the idle use and 80 % of the limit", () => {
    for (const memoryTarget of ["80Mi", "120Mi", "204Mi", "204.8Mi"]) {
      assert.deepEqual(memoryTargetProblems({ ...good, memoryTarget }), [], memoryTarget);
    }
  });

  it("names a target from which one pod above the minimum never goes", () => {
    assert.deepEqual(memoryTargetProblems({ ...good, memoryTarget: "59Mi", minReplicas: 2 }), [
      {
        key: "autoscaling.memoryTarget",
        given: "59Mi",
        allowed: "at least 60Mi, or pods that idle at 40Mi never go back to minReplicas",
        suggestion: "60Mi",
      },
    ]);
  });

  it("names a target above 80 % of the limit, which an average reaches only when pods are killed", () => {
    assert.deepEqual(memoryTargetProblems({ ...good, memoryTarget: "256Mi" }), [
      {
        key: "autoscaling.memoryTarget",
        given: "256Mi",
        allowed: "at most 204Mi, which is 80 % of the memory limit of 256Mi",
        suggestion: "204Mi",
      },
    ]);
  });

  it("names the limit alone where no target is below it and above the idle use", () => {
    for (const memoryTarget of ["64Mi", "80Mi", "120Mi"]) {
      assert.deepEqual(memoryTargetProblems({ ...good, memoryTarget, memoryLimit: "64Mi" }), [
        {
          key: "resources.limits.memory",
          given: "64Mi",
          allowed: "at least 100Mi, as idleMemory is 40Mi",
          suggestion: "100Mi",
        },
      ]);
    }
  });

  it("suggests what it then accepts, whatever is idle, the limit and the minimum", () => {
    for (const idleMemory of ["4Mi", "33.3Mi", "40Mi", "100M", "1Gi"]) {
      for (const memoryLimit of ["4Mi", "50Mi", "101Mi", "256M", "3Gi"]) {
        for (const minReplicas of [1, 2, 7]) {
          const args = { ...good, idleMemory, memoryLimit, minReplicas };
          const mended = new Set<string>();
          for (;;) {
            const [problem] = memoryTargetProblems(args);
            if (problem === undefined) break;
            assert.ok(!mended.has(problem.key), JSON.stringify({ args, problem }));
            mended.add(problem.key);
            const value = String(problem.suggestion);
            if (problem.key === "resources.limits.memory") args.memoryLimit = value;
            else args.memoryTarget = value;
          }
        }
      }
    }
  });

  it("says nothing of an amount that it cannot read", () => {
    for (const wrong of ["lots", "100m", "1"]) {
      assert.deepEqual(memoryTargetProblems({ ...good, memoryTarget: wrong }), []);
      assert.deepEqual(memoryTargetProblems({ ...good, idleMemory: wrong }), []);
      assert.deepEqual(memoryTargetProblems({ ...good, memoryLimit: wrong }), []);
    }
    assert.deepEqual(memoryTargetProblems({ ...good, minReplicas: 0, memoryTarget: "10Mi" }), []);
  });
});
