import { UserError } from "../../host/userError";
import type { MonitoredCluster } from "../cluster/monitoring/neededMonitoring";
import { onCluster } from "../cluster/onCluster";
import type { Dashboard } from "./grafanaDashboard";
import { QueryRefused, queryRange, type Series, type TimeRange } from "./queryRange";

/** Series that each PromQL of a dashboard came to. */
export type Answers = ReadonlyMap<string, readonly Series[]>;

type Asked = Pick<MonitoredCluster, "name" | "prometheus">;

/** Seconds between two values at least: as often as the stack has Traefik read. */
const LEAST_STEP = 5;
/** Values of a line at most; a panel has fewer pixels. */
const MOST_VALUES = 360;

/**
 * The last minutes, as far as Prometheus has been reading anything.
 *
 * @param now - Seconds since the epoch.
 * @throws UserError where it has nothing to draw a line of.
 */
export async function rangeOf(cluster: Asked, minutes: number, now: number): Promise<TimeRange> {
  const step = Math.max(LEAST_STEP, Math.ceil((minutes * 60) / MOST_VALUES));
  const to = Math.floor(now / step) * step;
  const whole = { from: to - Math.floor((minutes * 60) / step) * step, to, step };
  const [read] = await queryRange(cluster, "count(up)", whole);
  const from = Math.min(...(read?.values.keys() ?? []));
  if (from < to) return { ...whole, from };
  throw new UserError(
    `Prometheus of cluster "${cluster.name}" has read nothing within the last ${String(minutes)} minutes, or has only begun to: try again in half a minute, or give more --minutes.`,
  );
}

/**
 * Asks Prometheus all that a dashboard asks.
 *
 * @throws UserError where it does not answer, or does not take a query; with all that it does not take.
 */
export async function askAll(
  cluster: Asked,
  dashboard: Dashboard,
  range: TimeRange,
): Promise<Answers> {
  const refused = new Map<string, string>();
  const queries = [...new Set(queriesOf(dashboard).map(({ expr }) => expr))];
  const answers = await Promise.all(
    queries.map(async (expr) => {
      const series = await queryRange(cluster, expr, range).catch((error: unknown) => {
        if (!(error instanceof QueryRefused)) throw error;
        refused.set(expr, error.message);
        return [];
      });
      return [expr, series] as const;
    }),
  );
  if (refused.size === 0) return new Map(answers);
  const named = queriesOf(dashboard)
    .filter(({ expr }) => refused.has(expr))
    .map(({ name, expr }) => `  ${name}: ${refused.get(expr) ?? ""}\n    ${expr}`);
  throw new UserError(
    [
      `Prometheus of cluster "${cluster.name}" does not take these queries of the dashboard. Mend them in components/monitoring/, and run the stack again (${onCluster("up", cluster.name)} --monitoring):`,
      ...named,
    ].join("\n"),
  );
}

/** Queries of a dashboard that came to no number at any time, each with panel, line and PromQL. */
export function emptyQueries(dashboard: Dashboard, answers: Answers): string[] {
  return queriesOf(dashboard)
    .filter(({ expr }) => (answers.get(expr) ?? []).every(({ values }) => values.size === 0))
    .map(({ name, expr }) => `${name}: ${expr}`);
}

function queriesOf({ title, rows }: Dashboard): { name: string; expr: string }[] {
  return rows.flatMap(({ panels }) =>
    panels.flatMap((panel) =>
      panel.targets.map(({ expr, legend }) => ({
        name: `${title}, ${panel.title}, "${legend}"`,
        expr,
      })),
    ),
  );
}
