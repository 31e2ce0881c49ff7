import { strict as assert } from "node:assert";

import {
  ALB_VALUE_PER_REQUEST,
  albRequestsTrigger,
} from "../../../components/live/albRequestsTrigger";

describe("albRequestsTrigger", () => {
  const trigger = albRequestsTrigger("eu-central-1", "app/a/1;targetgroup/b/2");

  it("counts the requests of all targets together, by the minute", () => {
    assert.deepEqual(trigger, {
      type: "aws-cloudwatch",
      metadata: {
        awsRegion: "eu-central-1",
        namespace: "AWS/ApplicationELB",
        metricName: "RequestCount",
        dimensionName: "LoadBalancer;TargetGroup",
        dimensionValue: "app/a/1;targetgroup/b/2",
        metricStat: "Sum",
        metricStatPeriod: "60",
        metricCollectionTime: "180",
        ignoreNullValues: "true",
        minMetricValue: "0",
      },
      targetKey: "targetMetricValue",
      valuePerRequest: 60,
      authentication: { podIdentity: { provider: "aws" } },
    });
    assert.equal(trigger.valuePerRequest, ALB_VALUE_PER_REQUEST);
  });

  // KEDA refuses a window that is no multiple of the period (aws_cloudwatch_scaler.go, Validate).
  it("looks at whole periods", () => {
    const { metricCollectionTime, metricStatPeriod } = trigger.metadata;
    assert.equal(Number(metricCollectionTime) % Number(metricStatPeriod), 0);
  });
});
