import type { Bringing } from "../bringUp";
import { bringUpKeda } from "./bringUpKeda";
import { prometheusManifests } from "./manifests";
import { prometheus } from "./prometheus";

/**
 * Starts KEDA and Prometheus on a real node, and waits until an autoscaler could read a metric of KEDA's.
 *
 * @param prefix What enters the node.
 */
export async function bringUpMonitoring(
  bringing: Bringing,
  prefix: readonly string[],
): Promise<void> {
  const { setting, tools } = bringing;
  const manifests = await prometheusManifests(tools);
  await Promise.all([
    bringing.start(prometheus(setting), prefix),
    bringing.apply(manifests, "objects of Prometheus"),
    bringUpKeda(bringing, { nodes: "real", prefix }),
  ]);
}
