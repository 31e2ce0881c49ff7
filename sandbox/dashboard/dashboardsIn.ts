import { messageOf } from "../../host/errors";
import { UserError } from "../../host/userError";
import type { MonitoredCluster } from "../cluster/monitoring/neededMonitoring";
import { onCluster } from "../cluster/onCluster";
import { readDashboard, type Dashboard } from "./grafanaDashboard";

/** Label of the ConfigMaps that the sidecar of Grafana's chart picks up, in any namespace. */
const LABEL = "grafana_dashboard=1";
const PATH = `/api/v1/configmaps?labelSelector=${encodeURIComponent(LABEL)}`;

interface ConfigMap {
  metadata: { name: string; namespace: string };
  data?: Record<string, string>;
}

/**
 * The dashboards of a cluster, by the names of their files, without the ending: what Grafana's sidecar
 * would give Grafana, if one ran there.
 *
 * @throws UserError where the API server does not tell, there is none, or one cannot be drawn.
 */
export async function dashboardsIn(
  cluster: Pick<MonitoredCluster, "name" | "api">,
): Promise<Map<string, Dashboard>> {
  const files = (await configMapsOf(cluster)).flatMap(({ metadata, data = {} }) =>
    Object.entries(data)
      .filter(([key]) => key.endsWith(".json"))
      .map(([key, json]) => ({ key, json, where: `${metadata.namespace}/${metadata.name}` })),
  );
  if (files.length === 0) {
    throw new UserError(
      `Cluster "${cluster.name}" has no dashboard, which would be a ConfigMap with the label ${LABEL}: the stack is not made there, or its monitoring is off. Make it: ${onCluster("up", cluster.name)} --monitoring`,
    );
  }
  const problems: string[] = [];
  const dashboards = files.flatMap(({ key, json, where }) => {
    try {
      return [[key.replace(/\.json$/, ""), readDashboard(json)] as const];
    } catch (error) {
      problems.push(`${key} of the ConfigMap ${where} cannot be drawn: ${messageOf(error)}`);
      return [];
    }
  });
  if (problems.length > 0) throw new UserError(problems.join("\n"));
  return new Map(dashboards);
}

async function configMapsOf({
  name,
  api,
}: Pick<MonitoredCluster, "name" | "api">): Promise<ConfigMap[]> {
  const list = await api.object<{ items: ConfigMap[] }>(PATH).catch(() => undefined);
  if (list !== undefined) return list.items;
  throw new UserError(
    `The API server of cluster "${name}" does not tell of its dashboards. See what runs: ${onCluster("status", name)}`,
  );
}
