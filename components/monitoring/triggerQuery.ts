import { JOBS, traefikService } from "./series";
import type { WatchedApp } from "./watchedApp";

/**
 * Requests per second to an app, of all its pods, for KEDA's trigger. Traefik is scraped every 5 s, so
 * that 30 s hold six readings.
 *
 * An app that nobody has asked yet has no series: it is 0 where a Traefik is there to say so. With
 * Traefik or its scrape gone there is no answer at all, which KEDA takes for a failure, and holds the
 * number of pods. (`or vector(0)` would take the pods away.) So it is as long as Prometheus has not
 * read a Traefik for most of the 30 s: what it has counted by then is less than what there is. One that
 * has been read so long is enough, and where all are new, those that they have replaced count as well.
 */
export function triggerQuery(app: Pick<WatchedApp, "namespace" | "name">): string {
  const requests = `sum(rate(traefik_service_requests_total${traefikService(app)}[30s]))`;
  const up = `up{job="${JOBS.traefik}"}`;
  const none = `0 * sum(${up} == 1)`;
  const readings = `count_over_time(${up}[30s])`;
  const enough = `max(${readings}) >= 5 or sum(${readings}) >= 5 * count(${up})`;
  return `(${requests} or ${none}) and (${enough})`;
}
