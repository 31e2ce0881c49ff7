import { UserError } from "../../../host/userError";
import { ApiClient } from "../apiClient";
import { neededCluster } from "../neededCluster";
import { onCluster } from "../onCluster";
import { clusterLayout } from "../state";
import { serverUrl } from "../topology";
import { prometheusUrl } from "./places";

/** A cluster with a Prometheus, as a command that reads from both needs it. */
export interface MonitoredCluster {
  /** Name of the cluster. */
  name: string;
  api: Pick<ApiClient, "object">;
  /** URL of its Prometheus. */
  prometheus: string;
}

/**
 * The monitoring of a cluster, for a command that is of no use without it.
 *
 * @throws UserError where there is no such cluster, it does not run, or it has no Prometheus.
 */
export async function neededMonitoring(name: string): Promise<MonitoredCluster> {
  const { monitoring = false, tier, topology } = await neededCluster(name, ["--monitoring"]);
  if (!monitoring) {
    throw new UserError(
      `Cluster "${name}" (tier ${tier}) has no Prometheus. Start one that has: ${onCluster("down", name)}, then ${onCluster("up", name)} --monitoring`,
    );
  }
  const api = await ApiClient.of(clusterLayout(name), serverUrl(topology));
  return { name, api, prometheus: prometheusUrl(topology) };
}
