import type { WatchedApp } from "../../components/monitoring/watchedApp";

/** An app at home that scales on requests per second. */
export const WATCHED: WatchedApp = {
  name: "httpbin",
  namespace: "web",
  autoscalerName: "keda-hpa-httpbin",
  autoscaling: { minReplicas: 1, maxReplicas: 4, cpuTarget: 50, memoryTarget: "204Mi" },
  cpuRequest: 0.1,
  requestsTarget: 20,
  valuePerRequest: 1,
  behindTraefik: true,
  certificateName: "httpbin-tls",
};

/** The same on EKS, where the load balancer counts requests, by the minute. */
export const WATCHED_LIVE: WatchedApp = {
  ...WATCHED,
  valuePerRequest: 60,
  behindTraefik: false,
  certificateName: "",
};
