import type * as pulumi from "@pulumi/pulumi";

import { Monitoring, type MonitoringArgs } from "../monitoring/monitoring";
import { GRAFANA } from "../monitoring/prometheusStack";
import { traefikProfile, type TraefikArgs } from "./traefikProfile";

export interface HomeMonitoringArgs {
  monitoring: MonitoringArgs | undefined;
  /** The Traefik that serves Grafana, where that has a host. */
  traefik: TraefikArgs;
}

/**
 * KEDA and Prometheus at home.
 *
 * @returns what must be there before an app; nothing where none of it is asked for.
 */
export function homeMonitoring(
  name: string,
  { monitoring, traefik }: HomeMonitoringArgs,
  child: pulumi.ComponentResourceOptions,
): pulumi.Resource[] {
  if (monitoring === undefined) return [];
  return new Monitoring(name, withIngress(monitoring, traefik), child).ready;
}

/** Grafana's Ingress is served as an app's is. */
function withIngress(monitoring: MonitoringArgs, traefik: TraefikArgs): MonitoringArgs {
  const { prometheus } = monitoring;
  const grafana = prometheus?.install?.grafana;
  if (prometheus?.install === undefined || grafana?.host === undefined) return monitoring;
  const ingress = traefikProfile(traefik, prometheus.namespace, GRAFANA);
  return {
    ...monitoring,
    prometheus: {
      ...prometheus,
      install: { ...prometheus.install, grafana: { ...grafana, ingress } },
    },
  };
}
