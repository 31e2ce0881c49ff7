import type {
  CoreV1Event,
  V1EndpointSlice,
  V1Pod,
  V2HorizontalPodAutoscaler,
} from "@kubernetes/client-node";

import type { Cluster } from "../cluster/cluster";
import { OURS_SELECTOR } from "../generator/jobs";
import { readScaledObject } from "./readScaledObject";
import type { MetricNames, ScaledObject } from "./scaledObject";

/** What is looked at. */
export interface Scene {
  namespace: string;
  service: string;
  autoscaler: string;
  /** Selector of the Service: the pods to which requests go. */
  podSelector: string;
  /** That of which KEDA has made the autoscaler; undefined where there is none, or it may not be read. */
  scaledObject?: { name: string; metricNames: MetricNames };
}

/** The cluster's objects as they were at one moment, or within a fraction of a second of it. */
export interface Look {
  /** Milliseconds since 1970, by the clock of this machine. */
  time: number;
  autoscaler: V2HorizontalPodAutoscaler;
  /** Those of the app, also the ones that end. */
  pods: V1Pod[];
  slices: V1EndpointSlice[];
  /** That of the autoscaler; undefined where there is none, or it was not answered. */
  scaledObject?: ScaledObject;
  /** Warnings about the autoscaler, and about its ScaledObject. */
  warnings: CoreV1Event[];
  /** Those of generators. */
  generators: V1Pod[];
}

/** Asks for everything at once. Each answer is whole, so that nothing is missed by a lost watch. */
export async function look(cluster: Cluster, scene: Scene): Promise<Look> {
  const { namespace, service, autoscaler: name, podSelector, scaledObject: ofKeda } = scene;
  const warningsOf = async (kind: string, of: string): Promise<CoreV1Event[]> => {
    const about = `involvedObject.kind=${kind},involvedObject.name=${of},type=Warning`;
    return (await cluster.core.listNamespacedEvent({ namespace, fieldSelector: about })).items;
  };
  const [autoscaler, pods, slices, generators, warnings, warningsOfKeda] = await Promise.all([
    cluster.autoscaling.readNamespacedHorizontalPodAutoscaler({ namespace, name }),
    cluster.core.listNamespacedPod({ namespace, labelSelector: podSelector }),
    cluster.discovery.listNamespacedEndpointSlice({
      namespace,
      labelSelector: `kubernetes.io/service-name=${service}`,
    }),
    cluster.core.listNamespacedPod({ namespace, labelSelector: OURS_SELECTOR }),
    warningsOf("HorizontalPodAutoscaler", name),
    ofKeda === undefined ? [] : warningsOf("ScaledObject", ofKeda.name),
  ]);
  // After the autoscaler: KEDA says that it falls back before it answers with what it makes up.
  const scaledObject =
    ofKeda && (await readScaledObject(cluster, namespace, ofKeda.name).catch(() => undefined));
  return {
    // When all have answered: what is seen has happened by then.
    time: Date.now(),
    autoscaler,
    pods: pods.items,
    slices: slices.items,
    ...(scaledObject && { scaledObject }),
    warnings: [...warnings, ...warningsOfKeda],
    generators: generators.items,
  };
}
