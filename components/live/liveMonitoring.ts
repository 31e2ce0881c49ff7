import type * as pulumi from "@pulumi/pulumi";
import { mergeOptions } from "@pulumi/pulumi";

import { Monitoring, type MonitoringArgs } from "../monitoring/monitoring";
import { KedaAccess } from "./kedaAccess";

export interface LiveMonitoringArgs {
  clusterName: pulumi.Input<string>;
  region: string;
  monitoring: MonitoringArgs | undefined;
}

/**
 * KEDA and Prometheus on EKS, and KEDA's right to read from CloudWatch.
 *
 * @returns what must be there before an app; nothing where none of it is asked for.
 */
export function liveMonitoring(
  name: string,
  { clusterName, region, monitoring }: LiveMonitoringArgs,
  opts: pulumi.ComponentResourceOptions,
): pulumi.Resource[] {
  if (monitoring === undefined) return [];
  const { kedaNamespace: namespace } = monitoring;
  // A KEDA that is there already has its rights from whoever has installed it.
  const access =
    namespace === undefined
      ? []
      : new KedaAccess(`${name}-keda-access`, { clusterName, region, namespace }, opts).ready;
  const { ready } = new Monitoring(name, monitoring, mergeOptions(opts, { dependsOn: access }));
  return [...access, ...ready];
}
