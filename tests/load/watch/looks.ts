import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { CoreV1Event } from "@kubernetes/client-node";

import type { Look } from "../../../load/watch/look";

/**
 * What a real cluster answered when four pods became three: before it, when one was told to end, and
 * when it was gone. Managed fields and the pods' specs are cut out.
 */
export function recordedLook(name: "four-pods" | "one-ends" | "one-gone"): Look {
  const file = join(__dirname, "../../fixtures/load", `${name}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Look;
}

/** What the autoscaler says of requests per second at one moment, and KEDA of its ScaledObject. */
export interface KedaMoment {
  /** Requests per second and pod that the autoscaler has; undefined: it could not read them. */
  requests?: number;
  /** Readings in a row that have failed. @default 0 */
  failures?: number;
  /** @default whether more readings than 3 have failed */
  fallsBack?: boolean;
  /** Pods that it asks for. @default 4 */
  desired?: number;
  /** Words of KEDA's about a reading that failed, a minute after that of the autoscaler. */
  said?: string;
}

export const REQUESTS_METRIC = "s2-prometheus";
export const METRIC_NAMES = { [REQUESTS_METRIC]: "requests-per-second" };
const UNREAD =
  "unable to get external metric httpbin/s2-prometheus/&LabelSelector{MatchLabels:map[string]string{scaledobject.keda.sh/name: httpbin,},MatchExpressions:[]LabelSelectorRequirement{},}: unable to fetch metrics from external metrics API: rpc error: code = Unknown desc = error when getting metric values metric:s2-prometheus encountered error";

/** A look at four pods whose autoscaler is KEDA's, with the shapes of KEDA 2.21 and Kubernetes 1.36. */
export function kedaLook(moment: KedaMoment): Look {
  const { requests, failures = 0, desired = 4, said } = moment;
  const isRead = requests !== undefined;
  const fallsBack = moment.fallsBack ?? failures > 3;
  const look = recordedLook("four-pods");
  const metric = { name: REQUESTS_METRIC };
  const { metadata, spec, status } = look.autoscaler;
  assert.ok(metadata !== undefined && spec !== undefined && status !== undefined);
  metadata.ownerReferences = [
    { apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject", name: "httpbin", uid: "1" },
  ];
  const target = { type: "AverageValue", averageValue: "10" };
  spec.metrics?.push({ type: "External", external: { metric, target } });
  const current = { averageValue: String(requests) };
  // As Kubernetes writes what it could not read.
  const unread = { type: "" };
  status.currentMetrics?.push(
    isRead ? { type: "External", external: { metric, current } } : unread,
  );
  status.desiredReplicas = desired;
  look.warnings = [
    ...(failures > 0
      ? [warning("HorizontalPodAutoscaler", "FailedGetExternalMetric", UNREAD, 0)]
      : []),
    ...(said === undefined ? [] : [warning("ScaledObject", "KEDAScalerFailed", said, 30)]),
  ];
  look.scaledObject = {
    spec: {
      triggers: [{}, {}, { name: "requests-per-second" }],
      fallback: { replicas: 1, behavior: "currentReplicas" },
    },
    status: {
      conditions: [
        { type: "Ready", status: "True" },
        { type: "Fallback", status: fallsBack ? "True" : "False" },
      ],
      health: { [REQUESTS_METRIC]: { status: failures > 0 ? "Failing" : "Happy" } },
    },
  };
  return look;
}

/** A warning that came so many seconds after some time. */
export function warning(
  kind: string,
  reason: string,
  message: string,
  seconds: number,
): CoreV1Event {
  return {
    metadata: { uid: `${kind} ${reason} ${String(seconds)}` },
    involvedObject: { kind, name: "httpbin" },
    lastTimestamp: new Date(Date.parse("2026-01-01T00:00:00Z") + seconds * 1000),
    ...{ count: 1, reason, message, type: "Warning" },
  };
}
