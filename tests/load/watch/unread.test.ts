import { strict as assert } from "node:assert";

import type { Look } from "../../../load/watch/look";
import { metricsOf } from "../../../load/watch/unread";
import { kedaLook, METRIC_NAMES, warning } from "./looks";

const REQUESTS = "requests-per-second";
const REFUSED =
  'Get "http://10.0.0.2:9090/api/v1/query?query=sum%28rate%29&time=2026-01-01T00:00:30Z": dial tcp 10.0.0.2:9090: connect: connection refused';
const SHORT =
  'Get "http://10.0.0.2:9090/api/v1/query": dial tcp 10.0.0.2:9090: connect: connection refused';

/** Readings by their names, and all that is not read. */
function seen(look: Look, before: Parameters<typeof metricsOf>[1]["before"] = {}) {
  const { metrics, unread } = metricsOf(look, { metricNames: METRIC_NAMES, before });
  return { read: metrics.map(({ name, current }) => [name, current]), unread };
}
const OTHERS = [
  ["cpu", 356],
  ["memory", 41.707],
];

describe("metricsOf", () => {
  it("calls a metric of KEDA's by the name of its trigger", () => {
    assert.deepEqual(seen(kedaLook({ requests: 9.5 })), {
      read: [...OTHERS, [REQUESTS, 9.5]],
      unread: undefined,
    });
  });

  it("tells of a metric that was not read, with the autoscaler's words for it", () => {
    const why =
      "rpc error: code = Unknown desc = error when getting metric values metric:s2-prometheus encountered error";
    assert.deepEqual(seen(kedaLook({ failures: 1 })), {
      read: OTHERS,
      unread: [{ name: REQUESTS, why }],
    });
  });

  it("takes the words of the condition where there is one, which are of this very look", () => {
    const look = kedaLook({ failures: 1 });
    const active = look.autoscaler.status?.conditions?.find(({ type }) => type === "ScalingActive");
    assert.ok(active !== undefined);
    active.status = "False";
    active.message =
      "the HPA was unable to compute the replica count: unable to get external metric httpbin/s2-prometheus/nil: unable to fetch metrics from external metrics API: no matching metrics found";
    assert.equal(seen(look).unread?.[0]?.why, "no matching metrics found");
    active.message = active.message.replace("s2-prometheus", "s3-other");
    assert.match(seen(look).unread?.[0]?.why ?? "", /^rpc error/);
  });

  it("takes KEDA's words where it has said why, without the query; and none of an hour ago", () => {
    const look = kedaLook({ failures: 2, said: REFUSED });
    assert.equal(seen(look).unread?.[0]?.why, SHORT);
    look.warnings.push(warning("ScaledObject", "KEDAScalerFailed", "status: 503", 60));
    assert.equal(seen(look).unread?.[0]?.why, "status: 503");
    look.warnings = look.warnings.filter(({ involvedObject: { kind } }) => kind !== "ScaledObject");
    look.warnings.push(warning("ScaledObject", "KEDAScalerFailed", REFUSED, -3600));
    assert.match(seen(look).unread?.[0]?.why ?? "", /^rpc error/);
  });

  it("has no words where nobody has said any", () => {
    const look = kedaLook({ failures: 1 });
    look.warnings = [];
    assert.deepEqual(seen(look).unread, [{ name: REQUESTS, why: "" }]);
  });

  it("takes what KEDA makes up for no reading", () => {
    const { read, unread } = seen(kedaLook({ requests: 10, failures: 4, said: REFUSED }));
    assert.deepEqual(read, OTHERS);
    assert.deepEqual(unread, [{ name: REQUESTS, why: SHORT, madeUp: 10 }]);
  });

  it("takes it for none until the autoscaler has something else, though KEDA reads again", () => {
    const made = { unread: [{ name: REQUESTS, why: "", madeUp: 10 }] };
    assert.equal(seen(kedaLook({ requests: 10 }), made).unread?.[0]?.madeUp, 10);
    assert.deepEqual(seen(kedaLook({ requests: 9.5 }), made).read.at(-1), [REQUESTS, 9.5]);
    assert.equal(seen(kedaLook({ requests: 9.5 }), made).unread, undefined);
    // What was not read is none that was made up.
    const lost = { unread: [{ name: REQUESTS, why: "" }] };
    assert.equal(seen(kedaLook({ requests: 10 }), lost).unread, undefined);
  });

  it("takes for a reading what another trigger's fallback has nothing to do with", () => {
    const look = kedaLook({ requests: 9.5, fallsBack: true });
    assert.equal(seen(look).unread, undefined);
  });

  it("knows of no fallback where there is no ScaledObject to be read", () => {
    const look = kedaLook({ requests: 10, failures: 4 });
    delete look.scaledObject;
    assert.deepEqual(seen(look).read.at(-1), [REQUESTS, 10]);
  });

  it("has each metric unread of an autoscaler that has not looked yet", () => {
    const look = kedaLook({});
    look.warnings = [];
    delete look.autoscaler.status;
    assert.deepEqual(
      seen(look).unread?.map(({ name }) => name),
      ["cpu", "memory", REQUESTS],
    );
  });
});
