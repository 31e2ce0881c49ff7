import type { V1Endpoint, V1Pod } from "@kubernetes/client-node";

import type { Sample } from "../record";
import type { Look } from "./look";
import { metricsOf, type Known } from "./unread";

/** The figures of a look; its time is set where the load's beginning is known. */
export function sampleOf(
  look: Look,
  traffic: Sample["traffic"],
  known: Known = {},
): Omit<Sample, "at"> {
  const { autoscaler, pods, slices } = look;
  // The client's types say that there is a list. Without any address the API server sends null.
  const addresses = slices.flatMap(({ endpoints }) => (endpoints as V1Endpoint[] | null) ?? []);
  const { status } = autoscaler;
  return {
    pods: {
      desired: status?.desiredReplicas ?? 0,
      current: pods.filter((pod) => !isEnding(pod)).length,
      ready: pods.filter((pod) => !isEnding(pod) && isReady(pod)).length,
      // To a pod without a word on it, requests go.
      endpoints: addresses.filter(({ conditions }) => conditions?.ready ?? true).length,
    },
    ...metricsOf(look, known),
    traffic,
  };
}

export function isReady({ status }: V1Pod): boolean {
  return (
    status?.conditions?.some((each) => each.type === "Ready" && each.status === "True") ?? false
  );
}

export function isEnding({ metadata }: V1Pod): boolean {
  return metadata?.deletionTimestamp !== undefined;
}
