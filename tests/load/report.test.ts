import { strict as assert } from "node:assert";

import type { LoadRecord } from "../../load/record";
import { verdictReport } from "../../load/report";

const RECORD: LoadRecord = {
  version: 1,
  startedAt: "2026-01-01T00:00:00.000Z",
  target: {
    namespace: "httpbin",
    service: "httpbin",
    autoscaler: "httpbin",
    minReplicas: 1,
    maxReplicas: 4,
    url: "http://httpbin/uuid",
    kubernetes: "v1.36.3",
  },
  load: { connections: 16, seconds: 60 },
  samples: [],
  events: [],
  requests: {
    total: 10,
    failed: 1,
    failures: { "503": 1 },
    latency: { p50: 1.96, p90: 12.4, p99: 97.378, max: 377.7 },
  },
  verdict: {
    passed: false,
    checks: [
      {
        name: "4 pods ready",
        passed: true,
        measured: "38.2 s",
        allowed: "within 60 s of the load",
      },
      { name: "failed requests", passed: false, measured: "1 of 10 (503: 1)", allowed: "0" },
    ],
    unchecked: ["The way back was not looked at (--no-scale-in)."],
  },
};

describe("verdictReport", () => {
  it("says each check with what was seen and allowed, and what was not looked at", () => {
    assert.deepEqual(verdictReport(RECORD).split("\n"), [
      "",
      "FAILED: httpbin/httpbin does not scale as it should.",
      "  ok      4 pods ready     38.2 s            (within 60 s of the load)",
      "  FAILED  failed requests  1 of 10 (503: 1)  (0)",
      "  not looked at: The way back was not looked at (--no-scale-in).",
      "  answers: half within 2.0 ms, 90 % within 12 ms, 99 % within 97 ms, all within 378 ms",
    ]);
  });

  it("keeps the columns together where one thing that was seen is long", () => {
    const [first, second] = RECORD.verdict.checks;
    assert.ok(first !== undefined && second !== undefined);
    const measured = `requests per second not read from 31 to 118 s: ${"x".repeat(80)}`;
    const checks = [first, { ...second, measured, name: "metrics read" }];
    const lines = verdictReport({ ...RECORD, verdict: { passed: false, checks } }).split("\n");
    assert.deepEqual(lines.slice(2, 4), [
      "  ok      4 pods ready  38.2 s  (within 60 s of the load)",
      `  FAILED  metrics read  ${measured}  (0)`,
    ]);
  });

  it("says that it passed, and nothing of answers where none was counted", () => {
    const { verdict, requests, ...rest } = RECORD;
    const passed = {
      ...rest,
      requests: { total: requests.total, failed: 0, failures: {} },
      verdict: { passed: true, checks: verdict.checks.slice(0, 1) },
    };
    assert.deepEqual(verdictReport(passed).split("\n"), [
      "",
      "Passed: httpbin/httpbin scales as it should.",
      "  ok      4 pods ready  38.2 s  (within 60 s of the load)",
    ]);
  });
});
