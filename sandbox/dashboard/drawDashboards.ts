import { resolve } from "node:path";

import { UserError } from "../../host/userError";
import { writeCharts } from "../../load/charts/writeCharts";
import { neededMonitoring, type MonitoredCluster } from "../cluster/monitoring/neededMonitoring";
import { onCluster } from "../cluster/onCluster";
import { askAll, emptyQueries, rangeOf } from "./answers";
import { dashboardsIn } from "./dashboardsIn";
import { drawing, periodInWords } from "./drawing";
import type { Dashboard } from "./grafanaDashboard";

export interface DashboardOptions {
  /** Name of a cluster with monitoring. */
  name: string;
  /** Folder of the pictures; made where it is not there. */
  out: string;
  /** Minutes up to now that are shown. @default as many as each dashboard says itself */
  minutes?: number | undefined;
  say: (line: string) => void;
}

/**
 * Draws each dashboard that is in a cluster as a PNG file: its panels, with what the cluster's
 * Prometheus answers to their queries. Grafana has no part in it.
 *
 * @throws UserError where the cluster, its monitoring or a dashboard is missing, Prometheus does not
 * answer or does not take a query, or, after the pictures are there, where a query has no value at all.
 */
export async function drawDashboards(options: DashboardOptions): Promise<void> {
  await drawDashboardsOf(await neededMonitoring(options.name), options);
}

/** The same, of a cluster that is known. */
export async function drawDashboardsOf(
  cluster: MonitoredCluster,
  { out, minutes, say }: Omit<DashboardOptions, "name">,
): Promise<void> {
  const empty: string[] = [];
  for (const [file, dashboard] of await dashboardsIn(cluster)) {
    const range = await rangeOf(cluster, minutes ?? dashboard.minutes, Date.now() / 1000);
    const answers = await askAll(cluster, dashboard, range);
    const spec = drawing(dashboard, answers, range);
    const [picture] = await writeCharts(new Map([[`${file}.png`, spec]]), resolve(out));
    say(
      `${dashboard.title}, ${periodInWords(range)}: ${panelsInWords(dashboard)}, drawn here from its own queries (Grafana does not run): ${String(picture)}`,
    );
    empty.push(...emptyQueries(dashboard, answers));
  }
  if (empty.length === 0) return;
  throw new UserError(
    [
      "These queries have no value in that time, and so their lines are missing:",
      ...empty.map((query) => `  ${query}`),
      `Where nobody has asked the app anything, put load on it: ${onCluster("load", cluster.name)}`,
    ].join("\n"),
  );
}

function panelsInWords({ rows }: Dashboard): string {
  return `${String(rows.flatMap(({ panels }) => panels).length)} panels`;
}
