import { strict as assert } from "node:assert";

import { judge } from "../../../policy/rule";
import { replicasUnowned } from "../../../policy/rules/replicasUnowned";
import { broken, describeRule } from "../../support/policy";

const type = "kubernetes:apps/v1:Deployment";

describeRule(
  replicasUnowned,
  {
    "a number beside the autoscaler's": {
      type,
      path: "spec.replicas",
      value: 3,
      found: "spec.replicas is 3",
    },
    "the same at home": {
      type,
      of: "cloudflare",
      path: "spec.replicas",
      value: 1,
      found: "spec.replicas is 1",
    },
  },
  () => {
    for (const other of [
      "kubernetes:autoscaling/v1:HorizontalPodAutoscaler",
      "kubernetes:keda.sh/v1alpha1:ScaledObject",
    ]) {
      it(`forbids a number beside that of a ${other}`, async () => {
        const { resources, wrong } = await broken({
          type,
          path: "spec.replicas",
          value: 3,
          found: [],
        });
        const others = resources.map((it) =>
          it.type.endsWith(":HorizontalPodAutoscaler") ? { ...it, type: other } : it,
        );
        assert.deepEqual(await judge(replicasUnowned, others), [
          { resource: wrong, found: "spec.replicas is 3" },
        ]);
      });
    }
  },
);
