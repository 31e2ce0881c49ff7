import { createHash } from "node:crypto";

import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";
import { dns01Solver, type Dns01Args } from "./dns01Solver";

/** An account at an ACME server. */
export interface AcmeArgs {
  /** `staging` or `production` of Let's Encrypt, or the directory URL of another ACME server. */
  server: string;
  /** Contact of the ACME account. (Let's Encrypt no longer writes before a certificate runs out.) */
  email: string;
  /** PEM bundle of the CA that signed the ACME server's own certificate, where it is a private one. */
  caBundle?: string;
}

export interface AcmeIssuerArgs {
  acme: AcmeArgs;
  dns: Dns01Args;
  /** Token of the DNS provider. Kept in a Secret in cert-manager's namespace. */
  dnsToken: pulumi.Input<string>;
  /** Namespace in which cert-manager looks for the Secrets of a ClusterIssuer. */
  certManagerNamespace: pulumi.Input<string>;
}

const LETS_ENCRYPT: Readonly<Record<string, string>> = {
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
  production: "https://acme-v02.api.letsencrypt.org/directory",
};

/**
 * A ClusterIssuer that gets certificates by ACME with a DNS-01 challenge. Whether it is Ready is not
 * waited for here: the wait for the first certificate says what is wrong with it.
 */
export class AcmeIssuer extends pulumi.ComponentResource {
  /** Name of the ClusterIssuer, for the annotation `cert-manager.io/cluster-issuer`. */
  readonly issuerName: string;

  constructor(name: string, args: AcmeIssuerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:home:AcmeIssuer", name, {}, opts);
    const child = childOptions(this, opts);
    this.issuerName = issuerNameOf(args.acme.server);

    const token = { name: `${this.issuerName}-dns-token`, key: "token" };
    const secret = new kubernetes.core.v1.Secret(
      name,
      {
        metadata: { name: token.name, namespace: args.certManagerNamespace },
        stringData: { [token.key]: pulumi.secret(args.dnsToken) },
      },
      child,
    );

    new kubernetes.apiextensions.CustomResource(
      name,
      {
        apiVersion: "cert-manager.io/v1",
        kind: "ClusterIssuer",
        metadata: { name: this.issuerName },
        spec: acmeIssuerSpec(this.issuerName, args.acme, dns01Solver(args.dns, token)),
      },
      pulumi.mergeOptions(child, { dependsOn: secret }),
    );

    this.registerOutputs({ issuerName: this.issuerName });
  }
}

/**
 * `letsencrypt-staging`, `letsencrypt-production`, or `acme-` and 8 digits for another server: each has
 * a name of its own, as a certificate of one server is no certificate of another, and nor is an account.
 */
export function issuerNameOf(server: string): string {
  if (server in LETS_ENCRYPT) return `letsencrypt-${server}`;
  return `acme-${createHash("sha256").update(server).digest("hex").slice(0, 8)}`;
}

/** Spec of a cert-manager issuer of kind ACME. */
export function acmeIssuerSpec(
  name: string,
  acme: AcmeArgs,
  solver: Record<string, unknown>,
): Record<string, unknown> {
  return {
    acme: {
      server: LETS_ENCRYPT[acme.server] ?? acme.server,
      email: acme.email,
      // An account key per server: an account of staging is unknown to production.
      privateKeySecretRef: { name: `${name}-account-key` },
      ...(acme.caBundle !== undefined && {
        caBundle: Buffer.from(acme.caBundle).toString("base64"),
      }),
      solvers: [solver],
    },
  };
}
