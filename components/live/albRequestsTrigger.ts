import type * as pulumi from "@pulumi/pulumi";

import type { RequestsTrigger } from "../httpbin/requestsTrigger";

/** Seconds of one reading of CloudWatch: load balancers publish no oftener. */
const PERIOD = 60;

/** What the metric shows where there is one request a second. */
export const ALB_VALUE_PER_REQUEST = PERIOD;

/**
 * KEDA's trigger on the requests of all targets together. Not `RequestCountPerTarget`: that is an
 * average, older than the pods of now, and to multiply it by their number again and again asks for more
 * and more of them (docs/decisions/requests-per-second.md).
 *
 * @param dimensions - Suffixes of the ARNs of load balancer and target group, with `;` between them.
 */
export function albRequestsTrigger(
  region: string,
  dimensions: pulumi.Input<string>,
): RequestsTrigger {
  return {
    type: "aws-cloudwatch",
    metadata: {
      awsRegion: region,
      namespace: "AWS/ApplicationELB",
      metricName: "RequestCount",
      dimensionName: "LoadBalancer;TargetGroup",
      dimensionValue: dimensions,
      metricStat: "Sum",
      metricStatPeriod: String(PERIOD),
      // Long enough for the minute or two that a reading takes to arrive. The newest one counts.
      metricCollectionTime: String(3 * PERIOD),
      // Without any request nothing is published.
      ignoreNullValues: "true",
      minMetricValue: "0",
    },
    targetKey: "targetMetricValue",
    valuePerRequest: ALB_VALUE_PER_REQUEST,
    // As whoever KEDA's operator is by Pod Identity.
    authentication: { podIdentity: { provider: "aws" } },
  };
}
