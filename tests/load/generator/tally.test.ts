import { strict as assert } from "node:assert";

import type { RequestEntry } from "../../../load/generator/fortioLog";
import { percentile, requestsOf, Tally } from "../../../load/generator/tally";

function request(thread: number, iteration: number, status = 200, latency = 1): RequestEntry {
  return { kind: "request", thread, iteration, startedAt: 1000 + iteration, latency, status };
}

function tallyOf(...entries: RequestEntry[]): Tally {
  const tally = new Tally();
  for (const entry of entries) tally.add(entry);
  return tally;
}

describe("Tally", () => {
  it("counts requests and failures, of which a status other than 2xx is one", () => {
    const tally = tallyOf(
      request(0, 0),
      request(0, 1, 503),
      request(1, 0, 418),
      request(1, 1, 204),
    );
    assert.deepEqual([tally.requests, tally.failed, tally.missing], [4, 2, 0]);
    assert.deepEqual(tally.failures, { "418": 1, "503": 1 });
    assert.equal(tally.firstStartedAt, 1000);
  });

  it("counts none twice where the log is read from its beginning again", () => {
    const entries = [request(0, 0), request(1, 0, -1), request(0, 1)];
    const tally = tallyOf(...entries);
    tally.add({ kind: "failure", text: "connection refused" });
    tally.readAgain();
    for (const entry of [...entries, request(0, 2)]) tally.add(entry);
    tally.add({ kind: "failure", text: "connection refused" });
    assert.deepEqual([tally.requests, tally.failed, tally.missing], [4, 1, 0]);
    assert.deepEqual(tally.failures, { "connection refused": 1 });
    assert.equal(tally.ends.length, 4);
  });

  it("tells requests that the log has lost, by their numbers", () => {
    assert.equal(tallyOf(request(0, 0), request(0, 3), request(1, 1)).missing, 3);
  });

  it("believes the generator's own sum, and says how far the log is from it", () => {
    const tally = tallyOf(request(0, 0), request(0, 1));
    tally.add({ kind: "result", statuses: { "200": 5, "502": 2 } });
    assert.equal(tally.missing, 5);
    const { total, failed, failures } = requestsOf([tally]);
    assert.deepEqual({ total, failed, failures }, { total: 7, failed: 2, failures: { "502": 2 } });
  });

  it("finds a word for every failure, and never more words than failures", () => {
    const tally = tallyOf(request(0, 0, -1), request(0, 1, -1), request(0, 2, -1));
    for (const text of ["i/o timeout", "i/o timeout"]) tally.add({ kind: "failure", text });
    assert.deepEqual(tally.failures, { "i/o timeout": 2, "no answer": 1 });
    // Said of the requests that come before those that count.
    for (let more = 0; more < 9; more++) tally.add({ kind: "failure", text: "EOF" });
    assert.deepEqual(tally.failures, { "i/o timeout": 2, EOF: 1 });
  });
});

describe("requestsOf", () => {
  it("adds all generators up, with percentiles over all their requests", () => {
    const slow = Array.from({ length: 90 }, (_, index) => request(0, index, 200, 100 - index));
    const fast = Array.from({ length: 10 }, (_, index) => request(0, index, 500, 1 + index / 10));
    const { total, failed, failures, latency } = requestsOf([tallyOf(...slow), tallyOf(...fast)]);
    assert.deepEqual(
      { total, failed, failures },
      { total: 100, failed: 10, failures: { "500": 10 } },
    );
    assert.deepEqual(latency, { p50: 50, p90: 90, p99: 99, max: 100 });
  });

  it("has no latency where nothing was asked", () => {
    assert.deepEqual(requestsOf([]), { total: 0, failed: 0, failures: {} });
  });
});

describe("percentile", () => {
  it("is the smallest value that so many percent do not exceed", () => {
    const values = Float64Array.of(1, 2, 3, 4);
    assert.deepEqual(
      [0, 25, 26, 50, 99, 100].map((percent) => percentile(values, percent)),
      [1, 1, 2, 2, 4, 4],
    );
    assert.equal(percentile(new Float64Array(), 50), undefined);
  });
});
