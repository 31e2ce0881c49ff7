import {
  certificate,
  desiredReplicas,
  JOBS,
  kedaEmptyAnswers,
  kedaRequests,
  traefikService,
} from "./series";
import type { WatchedApp } from "./watchedApp";

/** A rule of Prometheus that alerts. */
export interface AlertRule {
  /** Name, which is also the heading in `docs/runbook.md`. */
  alert: string;
  /** PromQL: what is wrong where it gives anything. */
  expr: string;
  /** How long it must be so. */
  for: string;
  labels: { severity: "warning" | "critical" };
  annotations: { summary: string; runbook: string };
}

const DAY_SECONDS = 86_400;

/** Days before its end by which a certificate ought to be new: cert-manager renews it at 30 of 90. */
const CERTIFICATE_DAYS = 14;

/** The alerts of an app. What the app does not have is left out. */
export function alertRules(app: WatchedApp): AlertRule[] {
  const { minReplicas, maxReplicas } = app.autoscaling;
  return [
    // With nothing in between, the maximum is what is always wanted.
    ...(minReplicas < maxReplicas ? [atMaximum(app)] : []),
    ...(app.requestsTarget > 0 ? [metricMissing(app)] : []),
    ...(app.behindTraefik ? [ingressUnwatched(app), errors(app)] : []),
    ...(app.certificateName === "" ? [] : [certificateEnds(app)]),
  ];
}

function atMaximum(app: WatchedApp): AlertRule {
  const maximum = String(app.autoscaling.maxReplicas);
  return rule("HttpbinAtMaximum", "warning", {
    expr: `${desiredReplicas(app)} >= ${maximum}`,
    for: "15m",
    summary: `${idOf(app)} has wanted its maximum of ${maximum} pods for 15 minutes`,
  });
}

/** KEDA counts a failure only until it falls back, so that the window must be a long one. */
function metricMissing(app: WatchedApp): AlertRule {
  const failed = `sum(increase(keda_scaler_detail_errors_total${kedaRequests(app)}[30m])) > 0`;
  const empty = `sum(increase(keda_scaler_empty_upstream_responses_total${kedaEmptyAnswers(app)}[5m])) > 0`;
  return rule("HttpbinRequestsUnread", "warning", {
    expr: `${failed} or ${empty} or absent(up{job="${JOBS.keda}"} == 1)`,
    for: "2m",
    summary: `KEDA could not read the requests of ${idOf(app)}: its number of pods is held`,
  });
}

function ingressUnwatched(app: WatchedApp): AlertRule {
  return rule("HttpbinIngressUnwatched", "warning", {
    expr: `absent(up{job="${JOBS.traefik}"} == 1)`,
    for: "5m",
    summary: `Prometheus reaches no Traefik, so that nothing is known of the requests of ${idOf(app)}`,
  });
}

function errors(app: WatchedApp): AlertRule {
  const all = `sum(rate(traefik_service_requests_total${traefikService(app)}[5m]))`;
  const failed = `sum(rate(traefik_service_requests_total${traefikService(app, { "code~": "5.." })}[5m]))`;
  return rule("HttpbinErrors", "critical", {
    expr: `${failed} / ${all} > 0.05`,
    for: "5m",
    summary: `More than 5 % of the requests to ${idOf(app)} have failed for 5 minutes`,
  });
}

/** cert-manager says 0 until there is a certificate: one that never comes is at its end as well. */
function certificateEnds(app: WatchedApp): AlertRule {
  const ends = `min(certmanager_certificate_expiration_timestamp_seconds${certificate(app)})`;
  return rule("HttpbinCertificateEnds", "critical", {
    expr: `${ends} - time() < ${String(CERTIFICATE_DAYS * DAY_SECONDS)}`,
    for: "1h",
    summary: `The certificate of ${idOf(app)} ends in less than ${String(CERTIFICATE_DAYS)} days, or there is none yet after an hour`,
  });
}

function idOf({ namespace, name }: WatchedApp): string {
  return `${namespace}/${name}`;
}

function rule(
  alert: string,
  severity: AlertRule["labels"]["severity"],
  { summary, ...what }: Pick<AlertRule, "expr" | "for"> & { summary: string },
): AlertRule {
  const runbook = `docs/runbook.md#${alert.toLowerCase()}`;
  return { alert, ...what, labels: { severity }, annotations: { summary, runbook } };
}
