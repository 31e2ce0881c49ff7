import { textAt, type JsonObject } from "../../skeleton/json";
import { READY, waiting, type Neighbours, type Readiness } from "./readiness";

/** Bound, unless its class binds it only when a pod wants it. */
export async function persistentVolumeClaim(
  object: JsonObject,
  near: Neighbours,
): Promise<Readiness> {
  const phase = textAt(object, "status", "phase");
  if (phase === "Bound") return READY;
  const className = textAt(object, "spec", "storageClassName");
  if (className === undefined) {
    return waiting("a volume", [
      "the claim names no storage class, and the cluster has no default",
    ]);
  }
  const storageClass = await near.get("storage.k8s.io/v1", "StorageClass", className);
  if (textAt(storageClass, "volumeBindingMode") === "WaitForFirstConsumer") return READY;
  return waiting("a volume", [
    storageClass === undefined
      ? `there is no StorageClass "${className}"`
      : `no volume of class "${className}" is bound to the claim, which is ${phase ?? "new"}`,
  ]);
}
