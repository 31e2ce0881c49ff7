import type { V1Pod } from "@kubernetes/client-node";

/** Why a container waits that will not get on by itself. Others, such as ContainerCreating, pass. */
const HOPELESS = new Set([
  "ErrImagePull",
  "ImagePullBackOff",
  "ErrImageNeverPull",
  "InvalidImageName",
  "CreateContainerConfigError",
  "CreateContainerError",
  "RunContainerError",
]);

/** Seconds for which a pod may look for a node. */
const SCHEDULING_SECONDS = 20;

/**
 * What keeps a generator's pod from its work, in one sentence with what mends it; undefined where
 * nothing does.
 *
 * @param time in milliseconds since 1970.
 */
export function podTrouble(pod: V1Pod, time: number): string | undefined {
  const { name = "" } = pod.metadata ?? {};
  const [container] = pod.spec?.containers ?? [];
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const states = [...initContainerStatuses, ...containerStatuses].map(({ state }) => state);
  const waiting = states
    .map((state) => state?.waiting)
    .find((state) => HOPELESS.has(state?.reason ?? ""));
  if (waiting !== undefined) {
    const said = waiting.message === undefined ? "" : ` (${waiting.message})`;
    const image = container?.image ?? "";
    return `The generator ${name} cannot start with the image ${image}: ${String(waiting.reason)}${said}. Give one that the cluster's nodes can pull to --image.`;
  }
  const scheduled = pod.status?.conditions?.find(({ type }) => type === "PodScheduled");
  if (scheduled?.status === "False") {
    const since = scheduled.lastTransitionTime?.getTime() ?? time;
    if (time - since > SCHEDULING_SECONDS * 1000) {
      return `No node takes the generator ${name}: ${scheduled.message ?? "no reason given"}. Make room on one.`;
    }
  }
  if (pod.status?.phase === "Failed") {
    const terminated = states
      .map((state) => state?.terminated)
      .find((state) => state !== undefined && state.exitCode !== 0);
    const how =
      pod.status.reason ??
      (terminated === undefined
        ? "no reason given"
        : `${terminated.reason ?? "ended"}, exit code ${String(terminated.exitCode)}`);
    return `The generator ${name} was ended before its load was over (${how}). See what ends pods in its namespace, and run the command again.`;
  }
  return undefined;
}
