import { join } from "node:path";

import type { Layout } from "../layout";
import type { Ports, Topology } from "../topology";

/** Namespace of KEDA, which a stack takes as the default too. */
export const KEDA_NAMESPACE = "keda";

/** Namespace of what a stack tells Prometheus, as its default is. */
export const MONITORING_NAMESPACE = "monitoring";

/** `host:port` of one of their servers. */
export function monitoringAt({ address, ports }: Topology, name: keyof Ports): string {
  return `${address}:${String(ports[name])}`;
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
