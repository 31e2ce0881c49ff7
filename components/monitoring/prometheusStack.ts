import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { versions } from "../../versions";
import { childOptions } from "../childOptions";
import type { IngressProfile } from "../httpbin/ingressProfile";
import { GRAFANA_SECRET, prometheusStackValues, STACK_RELEASE } from "./prometheusStackValues";

export interface PrometheusStackArgs {
  /** Namespace to install into, which is there. */
  namespace: pulumi.Input<string>;
  /** Days for which series are kept. */
  retentionDays: number;
  /** Volume for the series, in GiB. @default none: they are gone with the pod */
  storageGiB?: number;
  /** StorageClass of the volume. @default the cluster's own */
  storageClass?: string;
  /** Grafana. @default none */
  grafana?: GrafanaArgs;
}

export interface GrafanaArgs {
  /** Password of the user `admin`. */
  password: pulumi.Input<string>;
  /** DNS name under which Grafana is reached. @default by port-forward only */
  host?: string;
  /** How the ingress controller serves it; needed with `host`. */
  ingress?: IngressProfile;
}

/** Name of Grafana's Ingress, and of all that is around it. */
export const GRAFANA = "grafana";

/** Prometheus and its operator, with or without Grafana, of a size for a small node at home. */
export class PrometheusStack extends pulumi.ComponentResource {
  constructor(name: string, args: PrometheusStackArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:monitoring:PrometheusStack", name, {}, opts);
    const child = childOptions(this, opts);
    const { namespace, grafana } = args;

    const before = grafana === undefined ? [] : grafanaObjects(name, namespace, grafana, child);
    new kubernetes.helm.v3.Release(
      name,
      {
        name: STACK_RELEASE,
        chart: "kube-prometheus-stack",
        version: versions.kubePrometheusStack,
        repositoryOpts: { repo: "https://prometheus-community.github.io/helm-charts" },
        namespace,
        values: prometheusStackValues(args),
        atomic: true,
        timeout: 600,
      },
      pulumi.mergeOptions(child, { dependsOn: before }),
    );
    this.registerOutputs({});
  }
}

/** What Grafana has to find when it starts: its password, and what its Ingress refers to. */
function grafanaObjects(
  name: string,
  namespace: pulumi.Input<string>,
  { password, ingress }: GrafanaArgs,
  child: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const secret = new kubernetes.core.v1.Secret(
    `${name}-${GRAFANA}`,
    {
      metadata: { name: GRAFANA_SECRET, namespace },
      stringData: { "admin-user": "admin", "admin-password": pulumi.secret(password) },
    },
    child,
  );
  const companions = (ingress?.companions ?? []).map(
    ({ apiVersion, kind, name: companion, spec }) =>
      new kubernetes.apiextensions.CustomResource(
        `${name}-${companion}`,
        { apiVersion, kind, metadata: { name: companion, namespace }, spec },
        child,
      ),
  );
  return [secret, ...companions];
}
