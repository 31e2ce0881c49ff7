import type { WatchedApp } from "./watchedApp";

/**
 * Jobs by which Prometheus knows what this stack has it scrape: named by us, so that a query counts
 * nothing twice where somebody else has the same pods scraped too.
 */
export const JOBS = {
  traefik: "k8s-test-traefik",
  keda: "k8s-test-keda",
  certManager: "k8s-test-cert-manager",
} as const;

/** What is in the braces: a pair for each label, of which the value may be a pattern. */
function matchers(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) =>
    name.endsWith("~") ? `${name.slice(0, -1)}=~"${value}"` : `${name}="${value}"`,
  );
  return `{${pairs.join(",")}}`;
}

/**
 * Requests to one app, as Traefik counts them by service: `NAMESPACE-SERVICE-PORT@kubernetes`. The port
 * is the name that the Ingress has for it, or else its number (`pkg/provider/kubernetes/ingress` of
 * Traefik 3.6).
 */
export function traefikService(
  { namespace, name }: Pick<WatchedApp, "namespace" | "name">,
  more: Record<string, string> = {},
): string {
  const service = `${namespace}-${name}-(http|80)@kubernetes`;
  return matchers({ job: JOBS.traefik, "service~": service, ...more });
}

/** The app's containers, as the kubelet tells of them. */
export function containers({ namespace, name }: WatchedApp): string {
  return matchers({ namespace, "pod~": `${name}-.+`, container: "httpbin" });
}

/** The pods' probes, as the kubelet counts them. */
export function readinessProbes({ namespace, name }: WatchedApp): string {
  const result = { probe_type: "Readiness", result: "successful" };
  return matchers({ namespace, "pod~": `${name}-.+`, ...result });
}

/** The app's requests, as KEDA reads them: its third trigger, after cpu and memory. */
export function kedaRequests({ namespace, name }: WatchedApp): string {
  return matchers({ job: JOBS.keda, namespace, scaledObject: name, triggerIndex: "2" });
}

/** Answers without a value to what KEDA asks for an app. */
export function kedaEmptyAnswers({ namespace, name }: WatchedApp): string {
  return matchers({ job: JOBS.keda, namespace, scaledResource: name });
}

/** The app's certificate, by cert-manager. */
export function certificate({ namespace, certificateName }: WatchedApp): string {
  return matchers({ job: JOBS.certManager, namespace, name: certificateName });
}

/**
 * Pods that the autoscaler wants: by its controller, where that is scraped and of Kubernetes 1.36 or
 * later, or by kube-state-metrics.
 *
 * @param offset - Modifier of PromQL, such as ` offset 30s`. @default now
 */
export function desiredReplicas(
  { namespace, autoscalerName: name }: WatchedApp,
  offset = "",
): string {
  const controller = matchers({ namespace, hpa_name: name });
  const state = matchers({ namespace, horizontalpodautoscaler: name });
  return `max(horizontal_pod_autoscaler_controller_desired_replicas${controller}${offset} or kube_horizontalpodautoscaler_status_desired_replicas${state}${offset})`;
}

/** Pods that are ready: by kube-state-metrics, or those whose readiness probe has just been passed. */
export function readyReplicas(app: WatchedApp): string {
  const state = matchers({ namespace: app.namespace, deployment: app.name });
  return `sum(kube_deployment_status_replicas_ready${state}) or count(sum by (pod) (increase(prober_probe_total${readinessProbes(app)}[2m])) > 0)`;
}
