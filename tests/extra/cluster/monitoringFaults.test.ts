import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { RECORD_FILE } from "../../../load/keepRecord";
import type { LoadEvent, LoadRecord, Sample } from "../../../load/record";
import { killComponent, restartComponent } from "../../../sandbox/cluster/faults";
import { stopCluster } from "../../../sandbox/cluster/stopCluster";
import { objectsAt, textAt, type JsonObject } from "../../../sandbox/providers/skeleton/json";
import { sandboxPlace, type Place } from "../../../sandbox/stack/place";
import { upStack } from "../../../sandbox/stack/upStack";
import { machineListing } from "../../cluster/machine";
import { startSandbox } from "../../support/command";
import type { Foreground } from "../../support/foreground";
import { cannotRunContainers } from "../../support/machine";
import { ownStateFolder } from "../../support/ownStateFolder";
import { skip } from "../../support/reporter";

const NAME = "monitoring-faults";
const STACK = "home";
const METRIC = "requests-per-second";

/**
 * With the trickle of 5 they ask for 4 pods of 10 requests per second each; and for 3 at most as long
 * as Prometheus, which counts over 30 s, has seen them for 20.
 */
const LOAD = { rate: 31, path: "/uuid", connections: 8, seconds: 150 };

describe("Prometheus lost in the middle of a load", () => {
  const state = ownStateFolder(NAME);
  const say = (): void => undefined;
  let untouched: Record<string, string[]>;
  let place: Place;
  let load: Foreground;
  let record: LoadRecord;

  const alerts = async (): Promise<JsonObject[]> => {
    const answer = await fetch(`${place.target.prometheusUrl ?? ""}/api/v1/alerts`);
    return objectsAt((await answer.json()) as JsonObject, "data", "alerts");
  };
  /** The only event of a kind. */
  const event = (kind: LoadEvent["kind"]): LoadEvent => {
    const [one, ...others] = record.events.filter((each) => each.kind === kind);
    assert.ok(one !== undefined, `no ${kind}`);
    assert.deepEqual(others, []);
    return one;
  };
  const samplesBetween = (from: LoadEvent, to: LoadEvent): Sample[] =>
    record.samples.filter(({ at }) => at >= from.at && at < to.at);

  before(async function () {
    // A machine that has no tools yet builds them here.
    this.timeout("60m");
    const reason = cannotRunContainers();
    if (reason !== undefined) skip(this, reason);
    untouched = await machineListing(state.path(), NAME);
    const options = { name: NAME, stack: STACK, install: true, say };
    place = await sandboxPlace({ ...options, monitoring: true });
    await upStack(place, { stack: STACK, say });
  });

  it("is said by the load test as it happens, then that KEDA falls back, and that both are over", async function () {
    this.timeout("5m");
    const out = join(state.path(), "load");
    const flags = Object.entries({ ...LOAD, out, name: NAME });
    load = startSandbox(
      [
        ...["load", "--through", "ingress", "--no-scale-in"],
        ...flags.map(([key, value]) => `--${key}=${String(value)}`),
      ],
      { XDG_STATE_HOME: state.path() },
    );
    await load.until(" pods: requests per second ");
    await killComponent(NAME, "prometheus");
    await load.until("warning: requests per second is not read any more, and ");
    await load.until("warning: KEDA falls back: it asks for as many pods as there are");
    // The figures of a moment, which come every 5 seconds.
    await load.until("requests per second not read (KEDA falls back); ");
    // KEDA says why when it looks by itself, every 30 seconds.
    await load.until("warning: KEDAScalerFailed: Get ");

    await restartComponent(NAME, "prometheus");
    await load.until("KEDA no longer falls back");
    await load.until("requests per second is read: ");
    await load.until(" to 4 pods: requests per second ");
    assert.equal(await load.ended, 1, load.said);
    record = JSON.parse(await readFile(join(out, RECORD_FILE), "utf8")) as LoadRecord;
  });

  it("has Prometheus, once it is back, say that requests were not read", async function () {
    this.timeout("2m");
    const alert = async (): Promise<JsonObject | undefined> =>
      (await alerts()).find(
        (one) => textAt(one, "labels", "alertname") === "HttpbinRequestsUnread",
      );
    let found = await alert();
    for (; found === undefined; found = await alert()) await sleep(1000);
    // It fires after two minutes of this.
    assert.match(textAt(found, "state") ?? "", /^(?:pending|firing)$/);
  });

  it("takes away no pod and no request, and keeps the number of pods until requests are read", () => {
    const held = samplesBetween(event("metric-lost"), event("metric-read"));
    const sizes = new Set(held.map(({ pods }) => pods.desired));
    assert.equal(sizes.size, 1, [...sizes].join(", "));
    const [size = 0] = sizes;
    assert.ok(size > 1 && size < 4, String(size));
    assert.deepEqual(
      record.events.filter(({ replicas }) => replicas !== undefined && replicas.to < replicas.from),
      [],
    );
    assert.ok(record.requests.total > LOAD.rate * LOAD.seconds * 0.95);
    assert.equal(record.requests.failed, 0);
  });

  it("is no reading while KEDA falls back, though the autoscaler has a value then", () => {
    const fallback = samplesBetween(event("fallback-begins"), event("fallback-ends"));
    assert.ok(fallback.length > 5);
    for (const { metrics, unread = [] } of fallback) {
      assert.ok(!metrics.some(({ name }) => name === METRIC));
      assert.deepEqual(
        unread.map(({ name }) => name),
        [METRIC],
      );
    }
    // As many as the pods of then are there for, at a target of 10.
    assert.equal(fallback.at(-1)?.unread?.[0]?.madeUp, 10);
  });

  it("is over with the next reading, which is of all requests: four pods are there before the load ends", () => {
    const read = event("metric-read");
    const index = record.samples.findIndex(({ at }) => at >= read.at);
    const { current = 0 } =
      record.samples[index]?.metrics.find(({ name }) => name === METRIC) ?? {};
    // Of the pods that were held: by the same reading there may be more at once.
    const all = current * (record.samples[index - 1]?.pods.current ?? 0);
    assert.ok(all > LOAD.rate * 0.8 && all < LOAD.rate * 1.5, `${String(all)} requests per second`);
    const last = record.events.findLast(({ replicas }) => replicas !== undefined);
    assert.ok(last !== undefined && last.at >= read.at && last.replicas?.to === 4);
    assert.ok(record.samples.some(({ at, pods }) => at < LOAD.seconds && pods.ready === 4));
  });

  it("is why the verdict fails, and it says so with KEDA's reason", () => {
    const failed = record.verdict.checks.filter(({ passed }) => !passed);
    assert.deepEqual(
      failed.map(({ name }) => name),
      ["4 pods ready", "metrics read"],
    );
    const when = String.raw`requests per second not read from \d+ to \d+ s`;
    const [ready, read] = failed.map(({ measured }) => measured);
    assert.match(ready ?? "", new RegExp(String.raw`^[\d.]+ s \(${when}\)$`));
    assert.match(
      read ?? "",
      new RegExp(`^${when}: Get "http://[\\d.:]+/api/v1/query": .*connection refused$`),
    );
    assert.match(load.said, /\n {2}FAILED {2}metrics read +requests per second not read from /);
    assert.match(load.said, /overview\.png/);
  });

  it("leaves nothing behind", async () => {
    assert.ok(await stopCluster({ name: NAME }));
    assert.deepEqual(await machineListing(state.path(), NAME), untouched);
  });
});
