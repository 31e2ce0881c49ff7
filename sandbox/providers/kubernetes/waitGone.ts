import { setTimeout as sleep } from "node:timers/promises";

import { at, textAt, type Json, type JsonObject } from "../skeleton/json";
import { isNotFound } from "./apiError";
import { describe, type Cluster } from "./cluster";
import type { ObjectKey } from "./objects";

const POLL_MS = 300;

const PROPAGATION = ["foreground", "background", "orphan"] as const;

export interface WaitGoneOptions {
  /** Seconds. */
  timeout: number;
  signal: AbortSignal;
  onStatus: (message: string) => void;
}

/**
 * Deletes an object and waits until it is gone, and with it what it owns, unless its annotation
 * `pulumi.com/deletionPropagationPolicy` says `background` or `orphan`.
 *
 * @throws Error that says what holds the object, where it is still there when the time is over.
 */
export async function deleteAndWait(
  cluster: Cluster,
  key: ObjectKey,
  object: JsonObject,
  options: WaitGoneOptions,
): Promise<void> {
  try {
    await cluster.objects.delete(key, propagationOf(object));
  } catch (error) {
    if (isNotFound(error)) return;
    throw error;
  }
  await waitGone(cluster, key, object, options);
}

/** Waits until an object that is being deleted is gone. */
export async function waitGone(
  cluster: Cluster,
  key: ObjectKey,
  object: JsonObject,
  { timeout, signal, onStatus }: WaitGoneOptions,
): Promise<void> {
  // An object of the same name may come in its place: it is not the one that is waited for.
  const uid = textAt(object, "metadata", "uid");
  const until = Date.now() + timeout * 1000;
  let told = "";
  for (;;) {
    const left = await cluster.objects.get(key);
    if (left === undefined || (uid !== undefined && textAt(left, "metadata", "uid") !== uid))
      return;
    const holds = whatHolds(left);
    if (holds !== told) onStatus(`waiting for it to be gone${holds}`);
    told = holds;
    if (signal.aborted || Date.now() > until) {
      const why = signal.aborted ? "the wait was cancelled" : `after ${String(timeout)} s`;
      throw new Error(
        `${describe(key)} is being deleted, but still there (${why})${holds}. See what holds it, ` +
          "then run the command again.",
      );
    }
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

function propagationOf(object: JsonObject): string {
  const given = textAt(object, "metadata", "annotations", "pulumi.com/deletionPropagationPolicy");
  const policy = PROPAGATION.find((each) => each === given?.toLowerCase()) ?? "foreground";
  return policy.charAt(0).toUpperCase() + policy.slice(1);
}

/** Finalizers, and for a namespace what it says is left in it. */
function whatHolds(object: JsonObject): string {
  const finalizers = at(object, "metadata", "finalizers") ?? at(object, "spec", "finalizers");
  const remaining = conditionMessages(at(object, "status", "conditions"));
  const told = [
    Array.isArray(finalizers) && finalizers.length > 0
      ? `held by ${finalizers.map(String).join(", ")}`
      : "",
    ...remaining,
  ].filter((text) => text !== "");
  return told.length === 0 ? "" : ` (${told.join("; ")})`;
}

function conditionMessages(conditions: Json | undefined): string[] {
  const list = Array.isArray(conditions) ? conditions : [];
  return list
    .filter(
      (each) =>
        textAt(each, "type")?.endsWith("Remaining") === true && textAt(each, "status") === "True",
    )
    .map((each) => textAt(each, "message") ?? "");
}
