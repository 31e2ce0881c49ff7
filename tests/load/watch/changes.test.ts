import { strict as assert } from "node:assert";

import { changesBetween, type Change } from "../../../load/watch/changes";
import type { Look } from "../../../load/watch/look";
import { sampleOf } from "../../../load/watch/sample";
import { recordedLook } from "./looks";

const GONE = "httpbin-76774978ff-g2hrh";

const TRAFFIC = { requestsPerSecond: 0, requests: 0, failed: 0 };

function changes(before: Look, after: Look): Change[] {
  return changesBetween(
    { look: before, sample: sampleOf(before, TRAFFIC) },
    { look: after, sample: sampleOf(after, TRAFFIC) },
  );
}

function texts(list: readonly Change[]): string[] {
  return list.map(({ kind, text }) => `${kind}: ${text}`);
}

describe("changesBetween", () => {
  it("tells that the autoscaler asks for fewer pods, and why", () => {
    assert.deepEqual(changes(recordedLook("four-pods"), recordedLook("one-ends")), [
      {
        kind: "scaled",
        text: "4 to 3 pods: all metrics below their targets",
        replicas: { from: 4, to: 3 },
      },
    ]);
  });

  it("tells that a pod is gone once it is, and not when it is told to end", () => {
    assert.deepEqual(changes(recordedLook("one-ends"), recordedLook("one-gone")), [
      { kind: "pod-gone", text: `${GONE} is gone`, pod: GONE },
    ]);
  });

  it("tells of more pods by the metric that is furthest above its target, and of each new pod", () => {
    // The other way round, it is a pod that comes.
    const [before, after] = [recordedLook("one-gone"), recordedLook("four-pods")];
    assert.deepEqual(texts(changes(before, after)), [
      "scaled: 3 to 4 pods: cpu 356 % of 50 %",
      `pod-created: ${GONE} is created`,
      `pod-ready: ${GONE} is ready`,
    ]);
  });

  it("tells that a pod has become ready that was there before", () => {
    const [before, after] = [recordedLook("four-pods"), recordedLook("four-pods")];
    const ready = before.pods[0]?.status?.conditions?.find(({ type }) => type === "Ready");
    assert.ok(ready !== undefined);
    ready.status = "False";
    const name = before.pods[0]?.metadata?.name ?? "";
    assert.deepEqual(texts(changes(before, after)), [`pod-ready: ${name} is ready`]);
    assert.deepEqual(changes(after, before), []);
  });

  it("tells of a warning that is new or has come again, and not of one from before", () => {
    const [before, after] = [recordedLook("four-pods"), recordedLook("four-pods")];
    const [first, second] = after.warnings;
    assert.ok(first !== undefined && second !== undefined);
    first.count = 7;
    before.warnings = before.warnings.filter(
      ({ metadata }) => metadata.uid !== second.metadata.uid,
    );
    assert.deepEqual(
      texts(changes(before, after)),
      [first, second].map(
        ({ reason, message }) => `warning: ${String(reason)}: ${String(message)}`,
      ),
    );
  });
});
