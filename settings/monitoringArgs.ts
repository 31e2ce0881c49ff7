import type * as pulumi from "@pulumi/pulumi";

import { tlsSecretName } from "../components/httpbin/names";
import { parseCpu } from "../components/httpbin/quantity";
import { kedaAutoscalerName } from "../components/httpbin/scaledObject";
import { ALB_VALUE_PER_REQUEST } from "../components/live/albRequestsTrigger";
import type { MonitoringArgs, PrometheusArgs } from "../components/monitoring/monitoring";
import { STACK_RELEASE } from "../components/monitoring/prometheusStackValues";
import type { WatchedApp } from "../components/monitoring/watchedApp";
import type { Config } from "./schema";

/**
 * What a stack makes, and tells, of KEDA and Prometheus; undefined where that is nothing.
 *
 * @param grafanaPassword - Reads the secret, which is there only where Grafana is installed.
 */
export function monitoringArgs(
  appName: string,
  config: Config,
  grafanaPassword: () => pulumi.Input<string>,
): MonitoringArgs | undefined {
  const { keda, prometheus, kedaNamespace } = config.monitoring;
  if (keda !== "install" && prometheus === "off") return undefined;
  return {
    ...(keda === "install" && { kedaNamespace }),
    ...(prometheus !== "off" && {
      prometheus: prometheusArgs(appName, config, grafanaPassword),
    }),
  };
}

/** Prometheus, as pods of the cluster reach it; undefined where there is none, or nobody says where. */
export function prometheusUrl({ monitoring }: Config): string | undefined {
  const { prometheus, namespace, prometheusUrl: given } = monitoring;
  return prometheus !== "install" ? given : `http://${STACK_RELEASE}-prometheus.${namespace}:9090`;
}

function prometheusArgs(
  appName: string,
  config: Config,
  grafanaPassword: () => pulumi.Input<string>,
): PrometheusArgs {
  const { monitoring, home } = config;
  const { prometheus, namespace, keda, kedaNamespace, release } = monitoring;
  return {
    namespace,
    ...(prometheus === "install"
      ? { install: installArgs(monitoring, grafanaPassword) }
      : release !== undefined && { release }),
    scraped: {
      ...(keda !== "off" && { keda: kedaNamespace }),
      ...(home !== undefined && {
        traefik: home.traefik.namespace,
        certManager: home.certManager.namespace,
      }),
    },
    watched: watchedApp(appName, config),
  };
}

function installArgs(
  { retentionDays, storageGiB, storageClass, grafana, grafanaHost: host }: Config["monitoring"],
  grafanaPassword: () => pulumi.Input<string>,
): PrometheusArgs["install"] {
  return {
    retentionDays,
    ...(storageGiB !== undefined && { storageGiB }),
    ...(storageClass !== undefined && { storageClass }),
    ...(grafana && {
      grafana: { password: grafanaPassword(), ...(host !== undefined && { host }) },
    }),
  };
}

function watchedApp(name: string, { app, home }: Config): WatchedApp {
  const { requestsPerSecond, ...autoscaling } = app.autoscaling;
  const isHome = home !== undefined;
  return {
    name,
    namespace: app.namespace,
    autoscalerName: requestsPerSecond === undefined ? name : kedaAutoscalerName(name),
    autoscaling,
    cpuRequest: parseCpu(app.resources.requests.cpu) ?? 0,
    requestsTarget: requestsPerSecond?.target ?? 0,
    valuePerRequest: isHome ? 1 : ALB_VALUE_PER_REQUEST,
    behindTraefik: isHome,
    certificateName: isHome ? tlsSecretName(name) : "",
  };
}
