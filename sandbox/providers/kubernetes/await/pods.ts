import { at, isObject, numberAt, objectsAt, textAt, type JsonObject } from "../../skeleton/json";
import { condition, explain, isTrue } from "./conditions";
import type { Neighbours } from "./readiness";

/** More than so many pods mostly have the same trouble. */
const MOST_PODS = 3;

/** Why pods of a workload do not work: what is told of their scheduling and of their containers. */
export async function podTroubles(workload: JsonObject, near: Neighbours): Promise<string[]> {
  const labels = at(workload, "spec", "selector", "matchLabels");
  if (!isObject(labels)) return [];
  const pods = await near.list("v1", "Pod", labels as Record<string, string>);
  const troubles = pods
    .filter((pod) => !isTrue(pod, "Ready") && textAt(pod, "status", "phase") !== "Succeeded")
    .map((pod) => troublesOf(pod));
  return troubles
    .filter((found) => found.length > 0)
    .slice(0, MOST_PODS)
    .flat();
}

/** Why one pod does not work. */
export function troublesOf(pod: JsonObject): string[] {
  const name = textAt(pod, "metadata", "name") ?? "";
  const scheduled = condition(pod, "PodScheduled");
  if (textAt(scheduled, "status") === "False") {
    return [`pod ${name} has no node: ${explain(scheduled)}`];
  }
  const containers = [
    ...objectsAt(pod, "status", "initContainerStatuses"),
    ...objectsAt(pod, "status", "containerStatuses"),
  ];
  const troubles = containers.flatMap((container) => {
    const waits = explain(objectAt(container, "state", "waiting"));
    // A container that crashed waits to be started again: why it ended says more.
    const ended = ending(
      objectAt(container, "state", "terminated") ?? objectAt(container, "lastState", "terminated"),
    );
    const told = [waits, ended].filter((text) => text !== "").join("; ");
    const isUseful = told !== "" && !/^(?:ContainerCreating|PodInitializing)$/.test(told);
    return isUseful ? [`pod ${name}, container ${textAt(container, "name") ?? ""}: ${told}`] : [];
  });
  if (troubles.length > 0) return troubles;
  const message = textAt(pod, "status", "message");
  if (message !== undefined) return [`pod ${name}: ${message}`];
  const ready = condition(pod, "Ready");
  const isStarted = textAt(pod, "status", "phase") === "Running";
  return isStarted && ready !== undefined ? [`pod ${name} is not ready: ${explain(ready)}`] : [];
}

function objectAt(value: JsonObject, ...path: string[]): JsonObject | undefined {
  const found = at(value, ...path);
  return isObject(found) ? found : undefined;
}

function ending(terminated: JsonObject | undefined): string {
  const code = numberAt(terminated, "exitCode");
  if (terminated === undefined || code === 0) return "";
  return `ended with exit code ${String(code)} (${explain(terminated)})`;
}
