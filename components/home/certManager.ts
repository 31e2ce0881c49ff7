import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { versions } from "../../versions";
import { childOptions } from "../childOptions";
import { RESTRICTED_NAMESPACE_LABELS } from "../httpbin/podSecurity";

export interface CertManagerArgs {
  /** Namespace to install into; made by this component. */
  namespace: string;

  /**
   * Resolvers that are asked whether a DNS-01 record is there yet: `host:port`, or the URL of a
   * DNS-over-HTTPS endpoint. Only these are asked, so that a home's own view of its domain
   * (split-horizon DNS) cannot hide the record.
   */
  recursiveNameservers: string[];
}

/** cert-manager from its official chart, with its kinds, ready to issue when this is made. */
export class CertManager extends pulumi.ComponentResource {
  /** Namespace of cert-manager, where a ClusterIssuer's Secrets are looked for. */
  readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: CertManagerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:home:CertManager", name, {}, opts);
    const child = childOptions(this, opts);

    const namespace = new kubernetes.core.v1.Namespace(
      name,
      { metadata: { name: args.namespace, labels: { ...RESTRICTED_NAMESPACE_LABELS } } },
      child,
    );

    const release = new kubernetes.helm.v3.Release(
      name,
      {
        name: "cert-manager",
        chart: "cert-manager",
        version: versions.certManager,
        repositoryOpts: { repo: "https://charts.jetstack.io" },
        namespace: namespace.metadata.name,
        values: certManagerValues(args.recursiveNameservers),
        // With its kinds, its pods and the check that the webhook answers; or nothing at all.
        atomic: true,
        timeout: 300,
      },
      child,
    );

    this.namespace = release.namespace;
    this.registerOutputs({ namespace: this.namespace });
  }
}

/** Values of the cert-manager chart. */
export function certManagerValues(recursiveNameservers: string[]): Record<string, unknown> {
  return {
    // `keep: false`: what this stack brought goes with it.
    crds: { enabled: true, keep: false },
    // A certificate's Secret goes with its Certificate.
    enableCertificateOwnerRef: true,
    dns01RecursiveNameservers: recursiveNameservers.join(","),
    dns01RecursiveNameserversOnly: true,
    resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "256Mi" } },
    webhook: {
      resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "128Mi" } },
    },
    cainjector: {
      resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "256Mi" } },
    },
  };
}
