import type { AutoscalingArgs } from "../httpbin/autoscaling";

/** An app that is watched, as its dashboard and its alerts have to know it. */
export interface WatchedApp {
  /** Name of its Deployment, Service and Ingress. */
  name: string;
  namespace: string;
  /** HorizontalPodAutoscaler that drives its pods. */
  autoscalerName: string;
  /** How it scales, with nothing left to defaults. */
  autoscaling: Required<
    Pick<AutoscalingArgs, "minReplicas" | "maxReplicas" | "cpuTarget" | "memoryTarget">
  >;
  /** What a pod is promised, in cores. */
  cpuRequest: number;
  /** Target of requests per second and pod; 0: it does not scale on them. */
  requestsTarget: number;
  /** Value that KEDA reads per request per second: 60 where it counts them by the minute. */
  valuePerRequest: number;
  /** Whether its requests come through a Traefik that Prometheus scrapes. */
  behindTraefik: boolean;
  /** TLS Secret of its certificate by cert-manager; "": it has none of cert-manager's. */
  certificateName: string;
}
