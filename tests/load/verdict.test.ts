import { strict as assert } from "node:assert";

import type { LoadEvent, LoadRecord, Sample } from "../../load/record";
import { judge, type Expectations } from "../../load/verdict";

type Seen = Parameters<typeof judge>[0];

const EXPECTED: Expectations = { within: 60, decisions: 2, back: 240, counts: true };

function sample(at: number, pods: Partial<Sample["pods"]>): Sample {
  const traffic = { requestsPerSecond: 0, requests: 0, failed: 0 };
  return {
    at,
    pods: { desired: 1, current: 1, ready: 1, endpoints: 1, ...pods },
    metrics: [],
    traffic,
  };
}

function scaled(at: number, from: number, to: number): LoadEvent {
  return {
    at,
    kind: "scaled",
    text: `${String(from)} to ${String(to)} pods`,
    replicas: { from, to },
  };
}

const REFUSED = 'Get "http://prometheus:9090/api/v1/query": connection refused';

/** The same looks, and one at each end of a time in which requests per second are not read. */
function withoutRequests(samples: readonly Sample[], from: number, to: number): Sample[] {
  const before = (at: number): Sample["pods"] | undefined =>
    (samples.findLast((one) => one.at <= at) ?? samples[0])?.pods;
  const all = [...samples, sample(from, before(from) ?? {}), sample(to, before(to) ?? {})];
  const unread = [{ name: "requests-per-second", why: REFUSED }];
  return all
    .sort((one, other) => one.at - other.at)
    .map((one) => (one.at >= from && one.at < to ? { ...one, unread } : one));
}

/** 1 to 3 to 4 pods in 38.2 seconds, and back 200 seconds after the load. */
function good(): Seen {
  const four = { desired: 4, current: 4, ready: 4, endpoints: 4 };
  return {
    target: {
      namespace: "httpbin",
      service: "httpbin",
      autoscaler: "httpbin",
      minReplicas: 1,
      maxReplicas: 4,
      url: "http://httpbin/uuid",
      kubernetes: "v1.36.3",
    },
    load: { connections: 16, requestsPerSecond: 300, seconds: 120 },
    samples: [
      sample(-5, {}),
      sample(15, { desired: 3, current: 3 }),
      sample(30, { desired: 4, current: 4, ready: 3 }),
      sample(38.2, four),
      sample(120, four),
      sample(300, { desired: 2, current: 2, ready: 2 }),
      sample(320, {}),
    ],
    events: [
      { at: 0, kind: "load-begins", text: "" },
      scaled(15, 1, 3),
      scaled(30, 3, 4),
      { at: 120, kind: "load-ends", text: "" },
      scaled(290, 4, 2),
      scaled(320, 2, 1),
    ],
    requests: { total: 36_000, failed: 0, failures: {} },
  };
}

/** Names of the checks that fail, with what was measured. */
function failed(seen: Seen, expected: Partial<Expectations> = {}): string[] {
  const { passed, checks } = judge(seen, { ...EXPECTED, ...expected });
  const failures = checks.filter((check) => !check.passed);
  assert.equal(passed, failures.length === 0);
  return failures.map(({ name, measured }) => `${name}: ${measured}`);
}

describe("judge", () => {
  it("lets a run pass that did all it should, and says what was seen and allowed", () => {
    assert.deepEqual(judge(good(), EXPECTED), {
      passed: true,
      checks: [
        {
          name: "4 pods ready",
          passed: true,
          measured: "38.2 s",
          allowed: "within 60 s of the load",
        },
        {
          name: "decisions to scale out",
          passed: true,
          measured: "2 (1 to 3, 3 to 4)",
          allowed: "at most 2",
        },
        {
          name: "no to and fro",
          passed: true,
          measured: "none",
          allowed: "no pods taken under load, none added after it",
        },
        {
          name: "metrics read",
          passed: true,
          measured: "all the time",
          allowed: "none missing for more than 20 s of the load",
        },
        {
          name: "back to 1 pod",
          passed: true,
          measured: "200 s",
          allowed: "within 240 s of the load's end",
        },
        {
          name: "failed requests",
          passed: true,
          measured: "0 of 36000",
          allowed: "0, and at least one request",
        },
      ],
    });
  });

  it("fails where the maximum is reached too late, or never", () => {
    assert.deepEqual(failed(good(), { within: 38 }), ["4 pods ready: 38.2 s"]);
    const seen = good();
    seen.samples = seen.samples.filter(({ pods }) => pods.ready < 4);
    assert.deepEqual(failed(seen), ["4 pods ready: never: at most 3"]);
  });

  it("does not take pods for it that were ready before the load", () => {
    const seen = good();
    seen.samples = [sample(-3, { ready: 4 }), sample(5, {}), sample(320, {})];
    assert.deepEqual(failed(seen), ["4 pods ready: never: at most 1"]);
  });

  it("fails where nothing scales at all, as with a maximum that is the minimum", () => {
    const seen = good();
    seen.samples = [sample(0, {}), sample(60, {}), sample(130, {})];
    seen.events = [];
    assert.deepEqual(failed(seen), ["4 pods ready: never: at most 1"]);
  });

  it("fails where the autoscaler needs too many decisions", () => {
    const seen = good();
    seen.events = [scaled(10, 1, 2), scaled(25, 2, 3), scaled(35, 3, 4)];
    assert.deepEqual(failed(seen), ["decisions to scale out: 3 (1 to 2, 2 to 3, 3 to 4)"]);
  });

  it("fails where pods are taken under load, or added once they are being taken", () => {
    const under = good();
    under.events = [scaled(10, 1, 4), scaled(80, 4, 3)];
    assert.deepEqual(failed(under), ["no to and fro: 4 to 3 at 80 s"]);
    const after = good();
    after.events = [scaled(10, 1, 4), scaled(250, 4, 3), scaled(280.25, 3, 4)];
    assert.deepEqual(failed(after), ["no to and fro: 3 to 4 at 280.3 s"]);
  });

  it("takes no offence at pods that an earlier load had left, nor at a late step up", () => {
    const seen = good();
    seen.events = [scaled(-5, 3, 2), scaled(3, 2, 1), scaled(20, 1, 3), scaled(121, 3, 4)];
    assert.deepEqual(failed(seen), []);
  });

  it("fails where the minimum does not come back in time, or not at all", () => {
    assert.deepEqual(failed(good(), { back: 199 }), ["back to 1 pod: 200 s"]);
    const seen = good();
    seen.samples.pop();
    assert.deepEqual(failed(seen), ["back to 1 pod: not yet: 2 pods"]);
  });

  it("fails where a metric is not read for longer than one reading, and says why", () => {
    const { samples } = good();
    const seen = { ...good(), samples: withoutRequests(samples, 31, 118) };
    assert.deepEqual(failed(seen), [
      `metrics read: requests per second not read from 31 to 118 s: ${REFUSED}`,
    ]);
    const short = { ...good(), samples: withoutRequests(samples, 31, 50) };
    assert.deepEqual(failed(short), []);
    const [, , , check] = judge(short, EXPECTED).checks;
    assert.equal(check?.measured, `requests per second not read from 31 to 50 s: ${REFUSED}`);
  });

  it("does not ask for metrics before the load and after it", () => {
    const { samples } = good();
    const seen = { ...good(), samples: withoutRequests(samples, 110, 320) };
    assert.deepEqual(failed(seen), []);
    assert.deepEqual(failed({ ...good(), samples: withoutRequests(samples, -5, 10) }), []);
  });

  it("says what was not read where pods did not come, did not go, or went too early", () => {
    const { samples } = good();
    const lost = withoutRequests(samples, 20, 319);
    const stuck = lost.map((one) => ({ ...one, pods: { ...one.pods, ready: 2, current: 2 } }));
    const events = [...good().events, scaled(80, 4, 3)].sort((one, other) => one.at - other.at);
    const [up, flapping, unread, back] = failed({ ...good(), samples: stuck, events });
    assert.equal(
      up,
      "4 pods ready: never: at most 2 (requests per second not read from 20 to 120 s)",
    );
    assert.equal(
      flapping,
      "no to and fro: 4 to 3 at 80 s (requests per second not read from 20 to 319 s)",
    );
    assert.match(
      unread ?? "",
      /^metrics read: requests per second not read from 20 to 120 s: Get /,
    );
    assert.equal(
      back,
      "back to 1 pod: not yet: 2 pods (requests per second not read from 120 to 319 s)",
    );
  });

  it("fails for a single failed request, and says how it failed; and for none at all", () => {
    const seen = good();
    seen.requests = { total: 36_000, failed: 3, failures: { "503": 2, "connection refused": 1 } };
    assert.deepEqual(failed(seen), ["failed requests: 3 of 36000 (503: 2, connection refused: 1)"]);
    seen.requests = { total: 0, failed: 0, failures: {} };
    assert.deepEqual(failed(seen), ["failed requests: 0 of 0"]);
  });

  it("says what it does not look at, and does not judge it", () => {
    const seen: Seen & Partial<LoadRecord> = good();
    seen.requests = { total: 0, failed: 0, failures: {} };
    seen.samples.pop();
    const { passed, checks, unchecked } = judge(seen, {
      ...EXPECTED,
      back: { unchecked: "The way back was not looked at." },
      counts: false,
    });
    assert.equal(passed, true);
    assert.deepEqual(
      checks.map(({ name }) => name),
      ["4 pods ready", "decisions to scale out", "no to and fro", "metrics read"],
    );
    assert.deepEqual(unchecked, [
      "The way back was not looked at.",
      "Requests were not counted: this generator does not tell of them.",
    ]);
  });
});
