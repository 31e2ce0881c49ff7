import { strict as assert } from "node:assert";

import type { Sample } from "../../../load/record";
import { figures, LiveView, PlainView, type Scenery } from "../../../load/view/view";

const SAMPLE: Omit<Sample, "at"> = {
  pods: { desired: 4, current: 4, ready: 3, endpoints: 2 },
  metrics: [
    { name: "cpu", unit: "%", current: 212, target: 50 },
    { name: "memory", unit: "MiB", current: 42.3, target: 204 },
  ],
  traffic: { requestsPerSecond: 301.4, requests: 12_345, failed: 1, p99: 11.6 },
};

const SCENERY: Scenery = {
  phase: "load for 120 s",
  isQuiet: false,
  at: undefined,
  sample: SAMPLE,
  changes: [],
};

const SCALED = { kind: "scaled", text: "1 to 4 pods: cpu 212 % of 50 %" } as const;

describe("figures", () => {
  it("are pods, use against target, and requests, each with its unit", () => {
    assert.deepEqual(figures(SAMPLE), [
      "pods: 4 asked for, 4 there, 3 ready, 2 reached",
      "cpu 212 % of 50 %, memory 42 MiB of 204 MiB",
      "301 requests/s, 12,345 in all, 1 failed, p99 12 ms",
    ]);
  });

  it("name what is not read, and show nothing that KEDA makes up in its place", () => {
    const unread = [
      { name: "requests-per-second", why: "refused" },
      { name: "s3-kafka", why: "refused", madeUp: 10 },
    ];
    assert.equal(
      figures({ ...SAMPLE, unread })[1],
      "cpu 212 % of 50 %, memory 42 MiB of 204 MiB, requests per second not read, s3-kafka not read (KEDA falls back)",
    );
  });

  it("say that no use is known, and no p99 where nothing was answered", () => {
    const traffic = { requestsPerSecond: 0, requests: 0, failed: 0 };
    assert.deepEqual(figures({ ...SAMPLE, metrics: [], traffic }).slice(1), [
      "no use is known yet",
      "0 requests/s, 0 in all, 0 failed",
    ]);
  });
});

describe("PlainView", () => {
  it("has a line for each change at once, and one of figures every 5 seconds, or 15", () => {
    const said: string[] = [];
    let now = 100_000;
    const view = new PlainView(
      (line) => said.push(line),
      () => now,
    );
    const show = (scenery: Partial<Scenery>, seconds: number): number => {
      said.length = 0;
      now += seconds * 1000;
      view.show({ ...SCENERY, ...scenery });
      return said.length;
    };
    assert.equal(show({}, 0), 1);
    assert.match(said[0] ?? "", /^ {11}load for 120 s: pods: 4 asked for, .*; 301 requests\/s/);
    assert.equal(show({}, 4), 0);
    assert.equal(show({ at: 12.34, changes: [SCALED] }, 0), 1);
    assert.equal(said[0], "   12.3 s  1 to 4 pods: cpu 212 % of 50 %");
    assert.equal(show({}, 1), 1);
    assert.deepEqual([show({ isQuiet: true }, 14), show({ isQuiet: true }, 1)], [0, 1]);
  });

  it("marks warnings", () => {
    const said: string[] = [];
    const view = new PlainView((line) => said.push(line));
    view.show({ ...SCENERY, at: 3, changes: [{ kind: "warning", text: "FailedGetScale: no" }] });
    assert.equal(said[0], "    3.0 s  warning: FailedGetScale: no");
    view.show({ ...SCENERY, at: 4, changes: [{ kind: "metric-lost", text: "cpu is not read" }] });
    assert.equal(said.at(-1), "    4.0 s  warning: cpu is not read");
    view.show({ ...SCENERY, at: 5, changes: [{ kind: "metric-read", text: "cpu is read" }] });
    assert.equal(said.at(-1), "    5.0 s  cpu is read");
  });
});

describe("LiveView", () => {
  it("writes over itself, and keeps the latest changes in sight", () => {
    let shown = "";
    let ends = 0;
    const terminal = Object.assign((text: string) => (shown = text), { done: () => ends++ });
    const view = new LiveView(terminal, "Load on httpbin");
    for (let n = 1; n <= 10; n++) {
      const changes = [{ kind: "pod-ready" as const, text: `pod ${String(n)} is ready` }];
      view.show({ ...SCENERY, at: n, changes });
    }
    view.end();
    assert.deepEqual(shown.split("\n"), [
      "",
      "Load on httpbin",
      "   10.0 s  load for 120 s",
      "           pods: 4 asked for, 4 there, 3 ready, 2 reached",
      "           cpu 212 % of 50 %, memory 42 MiB of 204 MiB",
      "           301 requests/s, 12,345 in all, 1 failed, p99 12 ms",
      ...[3, 4, 5, 6, 7, 8, 9, 10].map(
        (n) => `${`${n.toFixed(1)} s`.padStart(9)}  pod ${String(n)} is ready`,
      ),
    ]);
    assert.equal(ends, 1);
  });
});
