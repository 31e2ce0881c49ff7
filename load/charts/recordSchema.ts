import * as z from "zod";

import type { LoadRecord } from "../record";

const count = z.int().nonnegative();
const amount = z.number().nonnegative();

/** Whether what has times has them in order, as charts need it. */
function isInOrder(items: readonly { at: number }[]): boolean {
  return items.every(({ at }, index) => at >= (items[index - 1]?.at ?? -Infinity));
}

const IN_ORDER = { error: "not in the order of time" };

const target = z.object({
  namespace: z.string(),
  service: z.string(),
  autoscaler: z.string(),
  minReplicas: count,
  maxReplicas: count,
  url: z.string(),
  kubernetes: z.string(),
});

const load = z.object({
  connections: count,
  requestsPerSecond: amount.optional(),
  seconds: amount,
});

const sample = z.object({
  at: z.number(),
  pods: z.object({ desired: count, current: count, ready: count, endpoints: count }),
  metrics: z.array(
    z.object({
      name: z.string(),
      unit: z.enum(["%", "MiB", ""]),
      current: amount,
      target: amount,
    }),
  ),
  unread: z
    .array(z.object({ name: z.string(), why: z.string(), madeUp: amount.optional() }))
    .optional(),
  traffic: z.object({
    requestsPerSecond: amount,
    requests: count,
    failed: count,
    p99: amount.optional(),
  }),
});

const event = z.object({
  at: z.number(),
  kind: z.enum([
    "load-begins",
    "load-ends",
    "scaled",
    "pod-created",
    "pod-ready",
    "pod-gone",
    "metric-lost",
    "metric-read",
    "fallback-begins",
    "fallback-ends",
    "warning",
  ]),
  text: z.string(),
  replicas: z.object({ from: count, to: count }).optional(),
  pod: z.string().optional(),
});

const requests = z.object({
  total: count,
  failed: count,
  failures: z.record(z.string(), count),
  latency: z.object({ p50: amount, p90: amount, p99: amount, max: amount }).optional(),
});

const verdict = z.object({
  passed: z.boolean(),
  checks: z.array(
    z.object({ name: z.string(), passed: z.boolean(), measured: z.string(), allowed: z.string() }),
  ),
});

/** What a record must have when it is read from a file. */
export const recordSchema = z.object({
  version: z.literal(1),
  startedAt: z.iso.datetime({ offset: true }),
  target,
  load,
  samples: z.array(sample).refine(isInOrder, IN_ORDER),
  events: z.array(event).refine(isInOrder, IN_ORDER),
  requests,
  verdict,
}) satisfies z.ZodType<LoadRecord>;
