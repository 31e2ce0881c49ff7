import { isObject, numberAt, textAt, at, type JsonObject } from "../../skeleton/json";
import { condition, explain, isTrue } from "./conditions";
import { podTroubles, troublesOf } from "./pods";
import { failed, READY, waiting, type Neighbours, type Readiness } from "./readiness";

/**
 * All pods of the newest version, available, and none of an older one left. One that is paused waits
 * for somebody, and is not waited for.
 */
export async function deployment(object: JsonObject, near: Neighbours): Promise<Readiness> {
  if (at(object, "spec", "paused") === true) return READY;
  if (!isCurrent(object)) return waiting("the controller to see the change");
  const wanted = numberAt(object, "spec", "replicas") ?? 1;
  const count = (field: string): number => numberAt(object, "status", field) ?? 0;
  const [updated, total, available] = [
    count("updatedReplicas"),
    count("replicas"),
    count("availableReplicas"),
  ];

  const reasons = async (): Promise<string[]> => {
    const refused = condition(object, "ReplicaFailure");
    return [
      ...(textAt(refused, "status") === "True" ? [explain(refused)] : []),
      ...(await podTroubles(object, near)),
    ];
  };
  const progress = condition(object, "Progressing");
  if (textAt(progress, "reason") === "ProgressDeadlineExceeded") {
    return failed(`the roll-out made no progress: ${explain(progress)}`, await reasons());
  }
  if (updated < wanted) {
    return waiting(`pods of the new version: ${of(updated, wanted)}`, await reasons());
  }
  if (total > updated) {
    return waiting(`${String(total - updated)} pods of the old version to go`, await reasons());
  }
  if (available < wanted) {
    return waiting(`available pods: ${of(available, wanted)}`, await reasons());
  }
  return READY;
}

/** All pods ready, and of the newest revision unless a partition holds some back. */
export async function statefulSet(object: JsonObject, near: Neighbours): Promise<Readiness> {
  if (!isCurrent(object)) return waiting("the controller to see the change");
  const wanted = numberAt(object, "spec", "replicas") ?? 1;
  const ready = numberAt(object, "status", "readyReplicas") ?? 0;
  if (ready < wanted) {
    return waiting(`ready pods: ${of(ready, wanted)}`, await podTroubles(object, near));
  }
  const strategy = at(object, "spec", "updateStrategy");
  if (textAt(strategy, "type") === "OnDelete") return READY;
  const held = numberAt(strategy, "rollingUpdate", "partition") ?? 0;
  const target = Math.max(wanted - held, 0);
  const updated = numberAt(object, "status", "updatedReplicas") ?? 0;
  if (updated < target) {
    return waiting(
      `pods of the new version: ${of(updated, target)}`,
      await podTroubles(object, near),
    );
  }
  return READY;
}

/** A pod of the newest version available on every node that is to have one. */
export async function daemonSet(object: JsonObject, near: Neighbours): Promise<Readiness> {
  if (!isCurrent(object)) return waiting("the controller to see the change");
  const count = (field: string): number => numberAt(object, "status", field) ?? 0;
  const wanted = count("desiredNumberScheduled");
  const isRolling = textAt(object, "spec", "updateStrategy", "type") !== "OnDelete";
  if (isRolling && count("updatedNumberScheduled") < wanted) {
    const seen = of(count("updatedNumberScheduled"), wanted);
    return waiting(`pods of the new version: ${seen}`, await podTroubles(object, near));
  }
  const available = count("numberAvailable");
  return available < wanted
    ? waiting(`available pods: ${of(available, wanted)}`, await podTroubles(object, near))
    : READY;
}

/** Complete; a job that is suspended waits for somebody, and is not waited for. */
export async function job(object: JsonObject, near: Neighbours): Promise<Readiness> {
  if (at(object, "spec", "suspend") === true || isTrue(object, "Complete")) return READY;
  const over = condition(object, "Failed");
  if (textAt(over, "status") === "True") {
    return failed(`the job failed: ${explain(over)}`, await podTroubles(object, near));
  }
  const done = numberAt(object, "status", "succeeded") ?? 0;
  const wanted = numberAt(object, "spec", "completions") ?? 1;
  return waiting(`the job to complete: ${of(done, wanted)}`, await podTroubles(object, near));
}

/** Ready, or over with success. */
export function pod(object: JsonObject): Readiness {
  const phase = textAt(object, "status", "phase");
  if (phase === "Succeeded" || isTrue(object, "Ready")) return READY;
  const reasons = troublesOf(object);
  return phase === "Failed" ? failed("the pod failed", reasons) : waiting("the pod", reasons);
}

/** These kinds always say which generation their status is about. */
function isCurrent(object: JsonObject): boolean {
  const observed = numberAt(object, "status", "observedGeneration") ?? 0;
  return (
    isObject(object["status"]) && observed >= (numberAt(object, "metadata", "generation") ?? 0)
  );
}

function of(some: number, all: number): string {
  return `${String(some)} of ${String(all)}`;
}
