import { codeOf, messageOf } from "../../host/errors";
import { UserError } from "../../host/userError";
import type { MonitoredCluster } from "../cluster/monitoring/neededMonitoring";
import { onCluster } from "../cluster/onCluster";

/** Times at which a query is answered; all in seconds, the first two since the epoch. */
export interface TimeRange {
  from: number;
  to: number;
  step: number;
}

/** A series of an answer. */
export interface Series {
  labels: Readonly<Record<string, string>>;
  /** Values that are numbers, by their times in seconds since the epoch. */
  values: ReadonlyMap<number, number>;
}

/** Why Prometheus does not take a query, in its own words. */
export class QueryRefused extends Error {}

const TIMEOUT_MS = 30_000;

/** What Prometheus' `/api/v1/query_range` answers, in the part that is read here. */
interface Body {
  error?: string;
  data?: { result: { metric: Record<string, string>; values: [time: number, value: string][] }[] };
}

/**
 * Asks Prometheus for a query's values over time.
 *
 * @throws QueryRefused where it does not take the query.
 * @throws UserError where it does not answer.
 */
export async function queryRange(
  { name, prometheus }: Pick<MonitoredCluster, "name" | "prometheus">,
  expr: string,
  { from, to, step }: TimeRange,
): Promise<Series[]> {
  const asked = { query: expr, start: String(from), end: String(to), step: String(step) };
  const url = `${prometheus}/api/v1/query_range?${new URLSearchParams(asked).toString()}`;
  const gone = (why: string): UserError =>
    new UserError(
      `Prometheus of cluster "${name}" does not answer at ${prometheus}: ${why}. See its log: ${onCluster("logs prometheus", name)}`,
    );
  let status: number;
  let text: string;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    status = answer.status;
    text = await answer.text();
  } catch (error) {
    throw gone(reasonOf(error));
  }
  const body = parse(text);
  // 400: it is no PromQL; 422: it cannot be carried out.
  if (status === 400 || status === 422) throw new QueryRefused(body?.error ?? text.trim());
  if (status !== 200 || body?.data === undefined) {
    throw gone(`status ${String(status)}, ${text.trim().slice(0, 200)}`);
  }
  return body.data.result.map(({ metric, values }) => ({
    labels: metric,
    values: new Map(
      values
        .map(([time, value]) => [time, Number(value)] as const)
        .filter(([, value]) => Number.isFinite(value)),
    ),
  }));
}

function parse(text: string): Body | undefined {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return undefined;
  }
}

/** What `fetch` hides: the failed system call. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return codeOf(cause) ?? messageOf(cause);
}
