import type { Cluster } from "../cluster/cluster";
import type { ScaledObject } from "./scaledObject";

/** Reads a ScaledObject. It fails as every call of the API does: where it may not be read, too. */
export async function readScaledObject(
  cluster: Cluster,
  namespace: string,
  name: string,
): Promise<ScaledObject> {
  const kind = { group: "keda.sh", version: "v1alpha1", plural: "scaledobjects" };
  return (await cluster.custom.getNamespacedCustomObject({
    ...kind,
    namespace,
    name,
  })) as ScaledObject;
}
