import type { V1Service, V2HorizontalPodAutoscaler } from "@kubernetes/client-node";

import { UserError } from "../../host/userError";
import { isMissing, statusOf } from "../cluster/apiErrors";
import type { Cluster } from "../cluster/cluster";

/** Names of what is put under load. */
export interface Names {
  namespace: string;
  service: string;
  /** Name of the HorizontalPodAutoscaler. */
  autoscaler: string;
}

/** @throws UserError that names all objects that are not there. */
export async function findObjects(
  cluster: Cluster,
  { namespace, service, autoscaler }: Names,
): Promise<{ service: V1Service; autoscaler: V2HorizontalPodAutoscaler }> {
  const [hasNamespace, foundService, foundAutoscaler] = await Promise.all([
    isThere(cluster, namespace),
    found(cluster.core.readNamespacedService({ namespace, name: service })),
    found(
      cluster.autoscaling.readNamespacedHorizontalPodAutoscaler({ namespace, name: autoscaler }),
    ),
  ]);
  if (foundService !== undefined && foundAutoscaler !== undefined) {
    return { service: foundService, autoscaler: foundAutoscaler };
  }
  const where = `on the cluster at ${cluster.server}`;
  const mend = "Run `pulumi up` there, or give other names";
  if (!hasNamespace) {
    throw new UserError(
      `There is no namespace ${namespace} ${where}, and so no service ${service} and no autoscaler ${autoscaler}. ${mend} (--namespace, --service, --autoscaler).`,
    );
  }
  const missing = [
    ...(foundService === undefined ? [{ what: `service ${service}`, flag: "--service" }] : []),
    ...(foundAutoscaler === undefined
      ? [{ what: `autoscaler ${autoscaler}`, flag: "--autoscaler" }]
      : []),
  ];
  const things = missing.map(({ what }) => `no ${what}`).join(" and ");
  const flags = missing.map(({ flag }) => flag).join(", ");
  throw new UserError(`There is ${things} in namespace ${namespace} ${where}. ${mend} (${flags}).`);
}

/** Where the user may not ask, it counts as there: what is in it tells. */
async function isThere(cluster: Cluster, name: string): Promise<boolean> {
  try {
    await cluster.core.readNamespace({ name });
    return true;
  } catch (error) {
    if (statusOf(error) === 403) return true;
    if (isMissing(error)) return false;
    throw error;
  }
}

async function found<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
