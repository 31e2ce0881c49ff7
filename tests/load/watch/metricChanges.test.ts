import { strict as assert } from "node:assert";

import { Journal } from "../../../load/journal";
import { kedaLook, METRIC_NAMES, type KedaMoment } from "./looks";

const TRAFFIC = { requestsPerSecond: 0, requests: 0, failed: 0 };
const NOT_READ =
  "rpc error: code = Unknown desc = error when getting metric values metric:s2-prometheus encountered error";

/** What changes from each moment to the next; the warnings of Kubernetes itself left out. */
function changes(moments: readonly KedaMoment[], edit?: (index: number) => object): string[] {
  const journal = new Journal(METRIC_NAMES);
  return moments.flatMap((moment, index) => {
    const look = { ...kedaLook(moment), time: index, ...edit?.(index) };
    return journal
      .add(look, TRAFFIC)
      .changes.filter(({ kind }) => kind !== "warning")
      .map(({ kind, text }) => `${kind}: ${text}`);
  });
}

describe("a metric of KEDA's that is lost and found", () => {
  it("is told of as it goes: lost, made up, and read", () => {
    const lost = { failures: 1 };
    const madeUp = { failures: 4, requests: 10 };
    assert.deepEqual(
      changes([
        ...[{ requests: 12 }, lost, lost],
        ...[madeUp, madeUp],
        ...[{ requests: 10 }, { requests: 9.5 }, { requests: 9.5 }],
      ]),
      [
        `metric-lost: requests per second is not read any more, and 4 pods are held: ${NOT_READ}`,
        "fallback-begins: KEDA falls back: it asks for as many pods as there are, whatever the load; cpu and memory may add some",
        "fallback-ends: KEDA no longer falls back",
        "metric-read: requests per second is read: 9.5 of 10",
      ],
    );
  });

  it("is told of as found where KEDA had no time to fall back", () => {
    assert.deepEqual(
      changes([{ requests: 12, desired: 1 }, { failures: 1, desired: 1 }, { requests: 10 }]).slice(
        0,
        2,
      ),
      [
        `metric-lost: requests per second is not read any more, and 1 pod is held: ${NOT_READ}`,
        "metric-read: requests per second is read: 10 of 10",
      ],
    );
  });

  it("is not lost where it had never been read", () => {
    assert.deepEqual(changes([{ failures: 1 }, { failures: 2 }]), []);
  });

  it("changes nothing where the ScaledObject is not seen for a moment", () => {
    const steady = [
      { failures: 4, requests: 10 },
      { failures: 4, requests: 10 },
    ];
    assert.deepEqual(
      changes(steady, (index) => (index === 1 ? { scaledObject: undefined } : {})),
      [],
    );
  });

  it("is told of as made up once the ScaledObject is seen again", () => {
    const moments = [{ failures: 2 }, { failures: 3 }, { failures: 4, requests: 10 }];
    const [told = "", ...others] = changes(moments, (index) =>
      index === 1 ? { scaledObject: undefined } : {},
    );
    assert.match(told, /^fallback-begins: /);
    assert.deepEqual(others, []);
  });

  it("is no reason for more pods while it is made up", () => {
    // It is 100 times its target, and cpu 7 times.
    assert.deepEqual(
      changes([
        { failures: 4, requests: 1000, desired: 3 },
        { failures: 5, requests: 1000 },
      ]),
      ["scaled: 3 to 4 pods: cpu 356 % of 50 %"],
    );
  });
});
