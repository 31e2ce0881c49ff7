import { strict as assert } from "node:assert";

import type { V1ContainerState, V1Pod, V1PodStatus } from "@kubernetes/client-node";

import { podTrouble } from "../../../load/generator/podTrouble";

const NOW = Date.parse("2026-01-01T00:01:00Z");

function pod(status: V1PodStatus): V1Pod {
  const containers = [{ name: "generator", image: "fortio/fortio:none" }];
  return { metadata: { name: "load-1-x" }, spec: { containers }, status };
}

function waiting(state: V1ContainerState, phase = "Pending"): V1Pod {
  const common = { name: "generator", image: "", imageID: "", ready: false, restartCount: 0 };
  return pod({ phase, containerStatuses: [{ ...common, state }] });
}

describe("podTrouble", () => {
  it("finds none with a pod that starts, runs or is done", () => {
    assert.equal(podTrouble(pod({ phase: "Pending" }), NOW), undefined);
    assert.equal(podTrouble(waiting({ waiting: { reason: "ContainerCreating" } }), NOW), undefined);
    assert.equal(podTrouble(waiting({ running: {} }, "Running"), NOW), undefined);
    assert.equal(podTrouble(waiting({ terminated: { exitCode: 0 } }, "Succeeded"), NOW), undefined);
  });

  it("names the image that cannot be pulled, as soon as that is known", () => {
    for (const reason of ["ErrImagePull", "ImagePullBackOff", "InvalidImageName"]) {
      assert.equal(
        podTrouble(waiting({ waiting: { reason, message: "no such host" } }), NOW),
        `The generator load-1-x cannot start with the image fortio/fortio:none: ${reason} (no such host). Give one that the cluster's nodes can pull to --image.`,
      );
    }
  });

  it("looks at the container that tries the way in, too", () => {
    const common = { image: "", imageID: "", ready: false, restartCount: 0 };
    const wayIn = { ...common, name: "way-in" };
    const generator = { ...common, name: "generator" };
    const status = (state: V1ContainerState, phase: string): V1Pod =>
      pod({
        phase,
        initContainerStatuses: [{ ...wayIn, state }],
        containerStatuses: [{ ...generator, state: { waiting: { reason: "PodInitializing" } } }],
      });
    assert.match(
      podTrouble(status({ waiting: { reason: "ErrImagePull" } }, "Pending"), NOW) ?? "",
      /cannot start with the image fortio\/fortio:none: ErrImagePull\./,
    );
    assert.equal(podTrouble(status({ running: {} }, "Pending"), NOW), undefined);
    const killed = { terminated: { exitCode: 137, reason: "Error" } };
    assert.match(podTrouble(status(killed, "Failed"), NOW) ?? "", /\(Error, exit code 137\)/);
  });

  it("says that no node takes it, once it has looked for one for 20 seconds", () => {
    const since = (lastTransitionTime: Date): V1Pod =>
      pod({
        phase: "Pending",
        conditions: [
          {
            type: "PodScheduled",
            status: "False",
            message: "Insufficient cpu",
            lastTransitionTime,
          },
        ],
      });
    assert.equal(podTrouble(since(new Date(NOW - 20_000)), NOW), undefined);
    assert.equal(
      podTrouble(since(new Date(NOW - 20_001)), NOW),
      "No node takes the generator load-1-x: Insufficient cpu. Make room on one.",
    );
  });

  it("says how it was ended before its time", () => {
    const state = { terminated: { exitCode: 137, reason: "OOMKilled" } };
    assert.match(
      podTrouble(waiting(state, "Failed"), NOW) ?? "",
      /^The generator load-1-x was ended before its load was over \(OOMKilled, exit code 137\)\./,
    );
    assert.match(
      podTrouble(pod({ phase: "Failed", reason: "Evicted" }), NOW) ?? "",
      /before its load was over \(Evicted\)/,
    );
  });
});
