import { setTimeout as sleep } from "node:timers/promises";

import { UserError } from "../../host/userError";
import { isMissing, reasonOf } from "../cluster/apiErrors";
import type { Cluster } from "../cluster/cluster";
import { OURS_SELECTOR } from "./jobs";

/** How long generators may take to go, in milliseconds. */
const PATIENCE_MS = 20_000;

/**
 * Removes every generator from a namespace, and waits until none is left.
 *
 * @returns how many there were.
 * @throws UserError where one stays.
 */
export async function removeGenerators(cluster: Cluster, namespace: string): Promise<number> {
  const labelSelector = OURS_SELECTOR;
  try {
    const { items: jobs } = await cluster.batch.listNamespacedJob({ namespace, labelSelector });
    for (const { metadata } of jobs) {
      const body = { propagationPolicy: "Background" };
      await cluster.batch
        .deleteNamespacedJob({ namespace, name: metadata?.name ?? "", body })
        .catch(unlessMissing);
    }
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const { items: pods } = await cluster.core.listNamespacedPod({ namespace, labelSelector });
      if (pods.length === 0) return jobs.length;
      if (Date.now() > until) throw new Error("their pods do not end");
      await sleep(300);
    }
  } catch (error) {
    throw new UserError(
      `The load test's generators could not be removed from namespace ${namespace}: ${reasonOf(error)}. They end by themselves; to remove them at once: kubectl delete jobs,pods -n ${namespace} -l ${labelSelector}`,
    );
  }
}

function unlessMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
