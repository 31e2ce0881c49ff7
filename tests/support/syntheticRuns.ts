import type { LoadEvent } from "../../load/record";
import type { SyntheticRun } from "./syntheticRecord";

const warning = (at: number, text: string): LoadEvent => ({ at, kind: "warning", text });

const UNREADABLE =
  "FailedGetResourceMetric: unable to get metrics for resource cpu: unable to fetch metrics from resource " +
  'metrics API: Get "https://10.43.0.1:443/apis/metrics.k8s.io/v1beta1/namespaces/httpbin/pods?labelSelector=app%3Dhttpbin": dial tcp 10.43.0.1:443: connect: connection refused';

const REFUSED =
  'Get "http://10.99.0.2:9090/api/v1/query": dial tcp 10.99.0.2:9090: connect: connection refused';

/** Runs of every kind that charts are drawn of, by what is special about them. */
export const SYNTHETIC_RUNS: Readonly<Record<string, SyntheticRun>> = {
  ordinary: {},
  "in two decisions": {
    decisions: [
      [14.2, 2],
      [29.4, 4],
      [250, 2],
      [265, 1],
    ],
  },
  short: { before: 2, seconds: 17, after: 1, decisions: [[14, 4]], startSeconds: () => 2 },
  long: {
    before: 30,
    seconds: 1500,
    after: 300,
    decisions: [
      [14.2, 2],
      [29.3, 3],
      [31.1, 4],
      [700, 3],
      [730, 4],
      [1620, 3],
      [1680, 1],
    ],
  },
  "without scale-in": { after: 10, decisions: [[14.2, 4]] },
  "without scaling": { decisions: [], maxReplicas: 1, passed: false, after: 20 },
  "with pods that never become ready": {
    decisions: [[14.2, 4]],
    startSeconds: (pod) => (pod < 2 ? 6 : Infinity),
    after: 20,
    passed: false,
  },
  "to 10 pods": {
    maxReplicas: 10,
    decisions: [
      [14.2, 4],
      [29.2, 8],
      [44.2, 10],
      [250, 1],
    ],
  },
  "to 40 pods": { minReplicas: 3, maxReplicas: 40 },
  "with ten pods throughout": { minReplicas: 10, maxReplicas: 10, decisions: [], passed: false },
  "without metrics at first": {
    metricsFrom: 16,
    decisions: [
      [31, 4],
      [260, 1],
    ],
  },
  "with requests per second as a metric": {
    metrics: [
      { name: "cpu", unit: "%" },
      { name: "memory", unit: "%" },
      { name: "requests_per_second", unit: "" },
    ],
  },
  "with a metric lost in the middle": {
    metrics: [
      { name: "cpu", unit: "%" },
      { name: "memory", unit: "MiB" },
      { name: "requests-per-second", unit: "" },
    ],
    lost: { name: "requests-per-second", from: 44, madeUpFrom: 89, to: 104, why: REFUSED },
    events: [
      {
        at: 44,
        kind: "metric-lost",
        text: `requests per second is not read any more, and 4 pods are held: ${REFUSED}`,
      },
      warning(44, "FailedGetExternalMetric: unable to get external metric httpbin/s2-prometheus"),
      warning(59, "FailedGetExternalMetric: unable to get external metric httpbin/s2-prometheus"),
      warning(60, `KEDAScalerFailed: ${REFUSED}`),
      {
        at: 89,
        kind: "fallback-begins",
        text: "KEDA falls back: it asks for as many pods as there are, whatever the load; cpu and memory may add some",
      },
      { at: 103, kind: "fallback-ends", text: "KEDA no longer falls back" },
      { at: 104, kind: "metric-read", text: "requests per second is read: 98 of 100" },
    ],
    passed: false,
  },
  "with failures and warnings": {
    failing: 0.2,
    passed: false,
    events: [
      ...[-3, 1, 4, 16, 31].map((at) => warning(at, UNREADABLE)),
      warning(20.4, "Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503"),
      warning(239, "FailedScheduling: 0/1 nodes are available: 1 Insufficient cpu"),
    ],
  },
  "where nothing is answered": { answered: false, decisions: [], passed: false, after: 20 },
  "without time before the load": { before: 0 },
  flapping: {
    seconds: 600,
    decisions: Array.from({ length: 24 }, (_, index) => [14 + 30 * index, index % 2 === 0 ? 4 : 2]),
    passed: false,
  },
};
