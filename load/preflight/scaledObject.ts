import type { V2HorizontalPodAutoscaler } from "@kubernetes/client-node";

import { reasonOf } from "../cluster/apiErrors";
import type { Cluster } from "../cluster/cluster";
import type { Scene } from "../watch/look";
import { metricNamesOf } from "../watch/readings";
import { readScaledObject } from "../watch/readScaledObject";
import { namesInTriggers, scaledObjectNameOf } from "../watch/scaledObject";
import { mayDo, READ_SCALED_OBJECTS, words } from "./permissions";

/**
 * The ScaledObject of which KEDA has made an autoscaler; undefined where it is none of KEDA's. Whoever
 * may not read it can still put load on the app: that is said, with what will not be seen.
 */
export async function findScaledObject(
  cluster: Cluster,
  namespace: string,
  autoscaler: V2HorizontalPodAutoscaler,
  say: (line: string) => void,
): Promise<Scene["scaledObject"]> {
  const name = scaledObjectNameOf(autoscaler);
  if (name === undefined) return undefined;
  const unseen = (why: string): void => {
    say(
      `The ScaledObject ${name} of the autoscaler cannot be read: ${why}. So it will not be seen whether KEDA falls back, and a value that it makes up then looks like one that was read.`,
    );
  };
  if (!(await mayDo(cluster, namespace, READ_SCALED_OBJECTS))) {
    const right = words(READ_SCALED_OBJECTS);
    unseen(`the kubeconfig's user may not ${right} in namespace ${namespace}`);
    return undefined;
  }
  try {
    const found = await readScaledObject(cluster, namespace, name);
    return { name, metricNames: namesInTriggers(metricNamesOf(autoscaler), found) };
  } catch (error) {
    unseen(reasonOf(error));
    return undefined;
  }
}
