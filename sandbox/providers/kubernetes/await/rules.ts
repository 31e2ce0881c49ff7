import { textAt, type JsonObject } from "../../skeleton/json";
import { customResourceDefinition } from "./customResources";
import { ingress, service } from "./network";
import { READY, waiting, type ReadinessRule } from "./readiness";
import { persistentVolumeClaim } from "./storage";
import { parseWaitFor, WAIT_FOR } from "./waitFor";
import { daemonSet, deployment, job, pod, statefulSet } from "./workloads";

const RULES: Readonly<Record<string, ReadinessRule>> = {
  "apps/v1 Deployment": deployment,
  "apps/v1 StatefulSet": statefulSet,
  "apps/v1 DaemonSet": daemonSet,
  "batch/v1 Job": job,
  "v1 Pod": pod,
  "v1 Service": service,
  "v1 PersistentVolumeClaim": persistentVolumeClaim,
  "v1 Namespace": (object) =>
    textAt(object, "status", "phase") === "Active" ? READY : waiting("the namespace"),
  "networking.k8s.io/v1 Ingress": ingress,
  "apiextensions.k8s.io/v1 CustomResourceDefinition": customResourceDefinition,
};

/**
 * What an object is waited for: what its annotations say, else the rule of its kind.
 *
 * @returns undefined where it is ready as soon as it is there.
 * @throws Error that says what is wrong with an annotation.
 */
export function readinessRule(object: JsonObject): ReadinessRule | undefined {
  const annotation = (key: string): string | undefined =>
    textAt(object, "metadata", "annotations", key);
  if (annotation("pulumi.com/skipAwait") === "true") return undefined;
  const waitFor = annotation(WAIT_FOR);
  if (waitFor !== undefined) return parseWaitFor(waitFor);
  return RULES[`${textAt(object, "apiVersion") ?? ""} ${textAt(object, "kind") ?? ""}`];
}
