import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { versions } from "../../versions";
import { childOptions } from "../childOptions";
import { RESTRICTED_NAMESPACE_LABELS } from "../httpbin/podSecurity";

/** Service account of KEDA's operator, which is who asks for metrics. */
export const KEDA_OPERATOR = "keda-operator";

export interface KedaArgs {
  /** Namespace to install into; made by this component. */
  namespace: string;
}

/** KEDA from its official chart, with its kinds, ready to scale when this is made. */
export class Keda extends pulumi.ComponentResource {
  constructor(name: string, args: KedaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:monitoring:Keda", name, {}, opts);
    const child = childOptions(this, opts);

    const namespace = new kubernetes.core.v1.Namespace(
      name,
      { metadata: { name: args.namespace, labels: { ...RESTRICTED_NAMESPACE_LABELS } } },
      child,
    );
    new kubernetes.helm.v3.Release(
      name,
      {
        name: "keda",
        chart: "keda",
        version: versions.keda,
        repositoryOpts: { repo: "https://kedacore.github.io/charts" },
        namespace: namespace.metadata.name,
        values: kedaValues(),
        // With its pods, so that it answers for the metrics API; or nothing at all.
        atomic: true,
        timeout: 300,
      },
      child,
    );
    this.registerOutputs({});
  }
}

/** Values of KEDA's chart. Its pods satisfy Pod Security `restricted` as they come. */
export function kedaValues(): Record<string, unknown> {
  return {
    // It would refuse a ScaledObject as long as an autoscaler of the app's own is there: so none could
    // take its place in a running stack.
    webhooks: { enabled: false },
    prometheus: { operator: { enabled: true, port: 8080 } },
    serviceAccount: { operator: { create: true, name: KEDA_OPERATOR } },
    // No trigger of the stack has a password: KEDA needs the Secrets of its own namespace, for its
    // certificates, and not those of the whole cluster.
    permissions: { operator: { restrict: { secret: true } } },
    // Measured in the sandbox: 112 to 124 MB, and 105 MB.
    resources: {
      operator: {
        requests: { cpu: "20m", memory: "128Mi" },
        limits: { cpu: "1", memory: "256Mi" },
      },
      metricServer: {
        requests: { cpu: "20m", memory: "112Mi" },
        limits: { cpu: "1", memory: "256Mi" },
      },
    },
    image: { pullPolicy: "IfNotPresent" },
  };
}
