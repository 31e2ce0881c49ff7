import type {
  CoreV1Event,
  V1EndpointSlice,
  V1Pod,
  V2HorizontalPodAutoscaler,
} from "@kubernetes/client-node";

import type { Cluster } from "../cluster/cluster";
import { OURS_SELECTOR } from "../generator/jobs";

/** What is looked at. */
export interface Scene {
  namespace: string;
  service: string;
  autoscaler: string;
  /** Selector of the Service: the pods to which requests go. */
  podSelector: string;
}

/** The cluster's objects as they were at one moment, or within a fraction of a second of it. */
export interface Look {
  /** Milliseconds since 1970, by the clock of this machine. */
  time: number;
  autoscaler: V2HorizontalPodAutoscaler;
  /** Those of the app, also the ones that end. */
  pods: V1Pod[];
  slices: V1EndpointSlice[];
  /** Warnings about the autoscaler. */
  warnings: CoreV1Event[];
  /** Those of generators. */
  generators: V1Pod[];
}

/** Asks for everything at once. Each answer is whole, so that nothing is missed by a lost watch. */
export async function look(cluster: Cluster, scene: Scene): Promise<Look> {
  const { namespace, service, autoscaler: name, podSelector } = scene;
  const [autoscaler, pods, slices, warnings, generators] = await Promise.all([
    cluster.autoscaling.readNamespacedHorizontalPodAutoscaler({ namespace, name }),
    cluster.core.listNamespacedPod({ namespace, labelSelector: podSelector }),
    cluster.discovery.listNamespacedEndpointSlice({
      namespace,
      labelSelector: `kubernetes.io/service-name=${service}`,
    }),
    cluster.core.listNamespacedEvent({
      namespace,
      fieldSelector: `involvedObject.kind=HorizontalPodAutoscaler,involvedObject.name=${name},type=Warning`,
    }),
    cluster.core.listNamespacedPod({ namespace, labelSelector: OURS_SELECTOR }),
  ]);
  return {
    // When all have answered: what is seen has happened by then.
    time: Date.now(),
    autoscaler,
    pods: pods.items,
    slices: slices.items,
    warnings: warnings.items,
    generators: generators.items,
  };
}
