import type { RequestsTrigger } from "../httpbin/requestsTrigger";
import { triggerQuery } from "../monitoring/triggerQuery";

/**
 * Requests as Traefik counts them, read from Prometheus.
 *
 * @param prometheusUrl - Such as `http://prometheus.monitoring:9090`, as KEDA reaches it.
 */
export function traefikRequests(
  prometheusUrl: string,
  namespace: string,
  name: string,
): RequestsTrigger {
  return {
    type: "prometheus",
    metadata: {
      serverAddress: prometheusUrl,
      query: triggerQuery({ namespace, name }),
      // No answer is a failure, and not 0: the pods are held.
      ignoreNullValues: "false",
    },
    targetKey: "threshold",
    valuePerRequest: 1,
  };
}
