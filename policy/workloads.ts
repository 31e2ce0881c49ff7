import { at, isValues, listAt, textAt, type Value, type Values } from "./inputs";
import type { RegisteredResource } from "./rule";

/** Where the pods of a kind of workload are described. */
const POD_SPEC: Readonly<Record<string, string>> = {
  "kubernetes:apps/v1:DaemonSet": "spec.template.spec",
  "kubernetes:apps/v1:Deployment": "spec.template.spec",
  "kubernetes:apps/v1:ReplicaSet": "spec.template.spec",
  "kubernetes:apps/v1:StatefulSet": "spec.template.spec",
  "kubernetes:batch/v1:CronJob": "spec.jobTemplate.spec.template.spec",
  "kubernetes:batch/v1:Job": "spec.template.spec",
  "kubernetes:core/v1:Pod": "spec",
  "kubernetes:core/v1:PodTemplate": "template.spec",
  "kubernetes:core/v1:ReplicationController": "spec.template.spec",
};

/** Kinds that pods are made by. Of what a chart brings a stack registers nothing. */
export const WORKLOADS: readonly string[] = Object.keys(POD_SPEC);

/** What the pods of a workload are; an empty map where it is not known yet. */
export function podSpecOf({ type, inputs }: RegisteredResource): Values {
  const spec = at(inputs, POD_SPEC[type] ?? "");
  return isValues(spec) ? spec : {};
}

/** Labels of the pods of a workload. */
export function podLabelsOf({ type, inputs }: RegisteredResource): Value | undefined {
  return at(inputs, (POD_SPEC[type] ?? "").replace(/spec$/, "metadata.labels"));
}

/** A container with its name, for a message. */
export interface Container {
  name: string;
  spec: Value;
}

/** Every container of a pod, those that run before the others included. */
export function containersOf(pod: Values): Container[] {
  return ["initContainers", "containers", "ephemeralContainers"]
    .flatMap((kind) => listAt(pod, kind))
    .map((spec, index) => ({ name: textAt(spec, "name") ?? String(index), spec }));
}

/** Namespace of an object; undefined where none is said, or not yet. */
export function namespaceOf({ inputs }: RegisteredResource): string | undefined {
  return textAt(inputs, "metadata.namespace");
}
