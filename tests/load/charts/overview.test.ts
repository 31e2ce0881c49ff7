import { strict as assert } from "node:assert";

import { overview } from "../../../load/charts/overview";
import { lineOf, panelsOf, rowsOf, titleOf } from "../../support/charts";
import { syntheticRecord } from "../../support/syntheticRecord";

describe("overview", () => {
  it("says what became of the run", () => {
    assert.deepEqual(titleOf(overview(syntheticRecord())), {
      title: "1 to 4 ready pods in 22 s, and back to 1 pod 2 min 11 s after the load",
      subtitle: [
        "66,621 requests, none failed · 20 connections to http://httpbin/uuid for 2 min",
        "synthetic/httpbin, 1 to 4 pods · Kubernetes v0.0.0-synthetic · 2026-01-02 03:04 UTC",
        "Passed: 2 checks",
      ],
    });
  });

  it("shows the whole run: pods, load, metrics and latency", () => {
    const { samples } = syntheticRecord();
    const spec = overview(syntheticRecord());
    assert.deepEqual(panelsOf(spec), [
      "events",
      "pods",
      "requests",
      "metrics in %",
      "metrics in MiB",
      "latency",
    ]);
    assert.deepEqual(
      lineOf(spec, "pods", "ready"),
      samples.map(({ at, pods }) => [at, pods.ready]),
    );
    assert.deepEqual(
      lineOf(spec, "latency", "99th percentile"),
      samples.map(({ at, traffic }) => [at, traffic.p99 ?? null]),
    );
    assert.deepEqual(
      rowsOf(spec, "marks")?.map(({ at }) => at),
      [0, 14.2, 120, 250],
    );
    assert.deepEqual(rowsOf(spec, "load"), [{ at: 0, end: 120 }]);
  });

  it("shows failures of each second, of which the record has the sum", () => {
    const record = syntheticRecord({ failing: 0.2, passed: false });
    const failed = lineOf(overview(record), "requests", "failed");
    const sum = failed.reduce((total, [, value]) => total + Number(value), 0);
    assert.ok(record.requests.failed > 100);
    assert.equal(sum, record.requests.failed);
    assert.ok(failed.every(([at, value]) => value === 0 || (Number(at) >= 14 && Number(at) < 25)));
  });

  it("names the checks that failed", () => {
    const { subtitle } = titleOf(overview(syntheticRecord({ decisions: [], passed: false })));
    assert.deepEqual(subtitle.slice(2), [
      "Failed: reached 4 ready pods: measured 1 after 120 s, allowed at most 60 s",
    ]);
  });

  it("says in its title where nothing scaled, where nothing went back, and where less did", () => {
    const title = (decisions: readonly (readonly [number, number])[]): string =>
      titleOf(overview(syntheticRecord({ decisions }))).title;
    assert.equal(title([]), "1 ready pod all the time");
    assert.equal(title([[14, 4]]), "1 to 4 ready pods in 22 s, and still so at the end");
    assert.equal(
      title([
        [14, 4],
        [200, 2],
      ]),
      "1 to 4 ready pods in 22 s, and down to 2 pods 81 s after the load",
    );
    assert.equal(
      title([
        [14, 4],
        [90, 1],
      ]),
      "1 to 4 ready pods in 22 s, and back to 1 pod before the load ended",
    );
  });

  it("says so where no request was answered", () => {
    const spec = overview(syntheticRecord({ answered: false, decisions: [] }));
    assert.equal(rowsOf(spec, "latency")?.[0]?.["text"], "no request was answered");
  });
});
