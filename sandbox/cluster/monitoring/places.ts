import { join } from "node:path";

import type { Layout } from "../layout";
import type { Topology } from "../topology";

/** Namespace of KEDA, which a stack takes as the default too. */
export const KEDA_NAMESPACE = "keda";

/** Namespace of what a stack tells Prometheus, as its default is. */
export const MONITORING_NAMESPACE = "monitoring";

/** Ports of KEDA and Prometheus, on the node's address. They are free in a network namespace that is new. */
export const PORTS = {
  prometheus: 9090,
  kedaApi: 4444,
  kedaHealth: 8081,
  kedaMetrics: 8082,
  kedaApiMetrics: 8083,
  kedaGrpc: 9666,
} as const satisfies Record<string, number>;

/** `host:port` of one of them. */
export function monitoringAt({ address }: Topology, name: keyof typeof PORTS): string {
  return `${address}:${String(PORTS[name])}`;
}

/** URL of Prometheus. */
export function prometheusUrl(topology: Topology): string {
  return `http://${monitoringAt(topology, "prometheus")}`;
}

/** Where the files of a cluster's monitoring lie. */
export interface MonitoringPlaces {
  /** Folder of `ca.crt`, `tls.crt` and `tls.key`, by which KEDA's two programs know each other. */
  kedaCertificates: string;
  prometheusConfig: string;
  /** What Prometheus records and alerts by. */
  prometheusRules: string;
  /** Folder of Prometheus' series. */
  series: string;
}

export function monitoringPlaces({ folder, pki, config }: Layout): MonitoringPlaces {
  return {
    kedaCertificates: join(pki, "keda"),
    prometheusConfig: join(config, "prometheus.yaml"),
    prometheusRules: join(config, "prometheus-rules.yaml"),
    series: join(folder, "prometheus"),
  };
}
