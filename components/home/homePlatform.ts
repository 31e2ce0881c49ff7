import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";
import type { IngressProfile } from "../httpbin/ingressProfile";
import { tlsSecretName } from "../httpbin/names";
import type { RequestsTrigger } from "../httpbin/requestsTrigger";
import type { MonitoringArgs } from "../monitoring/monitoring";
import type { CountedApp, Platform, PublishedApp } from "../platform";
import { ArgumentError } from "../problem";
import { AcmeIssuer, issuerNameOf, type AcmeIssuerArgs } from "./acmeIssuer";
import type { CertificatePlace } from "./certificate/causes";
import { CertManager, type CertManagerArgs } from "./certManager";
import { homeMonitoring } from "./homeMonitoring";
import { traefikProfile } from "./traefikProfile";
import { traefikRequests } from "./traefikRequests";

export interface HomePlatformArgs {
  /** Contents of a kubeconfig, or the path of one. */
  kubeconfig: pulumi.Input<string>;

  /** Context of the kubeconfig. @default its current context */
  context?: string;

  /**
   * Name by which Pulumi knows the cluster. As long as it stays, a changed kubeconfig changes
   * nothing on the cluster; when it changes, everything is made anew.
   */
  clusterIdentifier: string;

  /** cert-manager, where this stack is to install it. @default it is on the cluster already */
  certManager?: CertManagerArgs;

  /** The ClusterIssuer to make. Either this or `clusterIssuer` is needed. */
  issuer?: AcmeIssuerArgs;

  /** Name of a ClusterIssuer that is on the cluster already. */
  clusterIssuer?: string;

  /** Namespace of cert-manager, for messages. @default "cert-manager" */
  certManagerNamespace?: string;

  /**
   * Longest that an update waits for an app's certificate, in seconds; 0: it does not wait.
   *
   * @default 300
   */
  certificateWaitSeconds?: number;

  /** The Traefik that k3s bundles. */
  traefik: {
    /** IngressClass of Traefik. */
    ingressClass: string;
    /** Namespace of Traefik's pods. */
    namespace: string;
  };

  /** KEDA and Prometheus, as far as this stack makes or tells them. @default nothing of them */
  monitoring?: MonitoringArgs;

  /** Prometheus, as KEDA reaches it. @default none: no app scales on requests per second */
  prometheusUrl?: string;
}

/** Enough for a DNS provider that takes some minutes, and for cert-manager's own pause of a minute. */
const CERTIFICATE_WAIT_SECONDS = 300;

/**
 * A k3s cluster at home. What k3s bundles (Traefik, metrics-server, the service load balancer) is
 * used as it is; cert-manager and an issuer are all that is added.
 */
export class HomePlatform extends pulumi.ComponentResource implements Platform {
  readonly provider: kubernetes.Provider;
  readonly prerequisites: pulumi.Resource[];
  readonly outputs: Platform["outputs"] = {};
  private readonly traefik: Parameters<typeof traefikProfile>[0];

  constructor(
    name: string,
    private readonly args: HomePlatformArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const clusterIssuer = clusterIssuerOf(name, args);
    super("k8s-test:home:HomePlatform", name, {}, opts);
    const own = childOptions(this, opts);

    this.provider = new kubernetes.Provider(
      name,
      {
        kubeconfig: args.kubeconfig,
        ...(args.context !== undefined && { context: args.context }),
        clusterIdentifier: args.clusterIdentifier,
        enableServerSideApply: true,
      },
      own,
    );
    const child = { ...own, provider: this.provider };

    const certManager =
      args.certManager && new CertManager(`${name}-cert-manager`, args.certManager, child);
    const issuer =
      args.issuer &&
      new AcmeIssuer(
        `${name}-issuer`,
        args.issuer,
        pulumi.mergeOptions(child, certManager && { dependsOn: certManager }),
      );

    this.traefik = { ...args.traefik, clusterIssuer };
    const before = [certManager, issuer].filter((resource) => resource !== undefined);
    this.prerequisites = [
      ...before,
      ...homeMonitoring(
        `${name}-monitoring`,
        { monitoring: args.monitoring, traefik: this.traefik },
        pulumi.mergeOptions(child, { dependsOn: before }),
      ),
    ];
    this.registerOutputs({});
  }

  ingressProfile(namespace: string, name: string): IngressProfile {
    return traefikProfile(this.traefik, namespace, name);
  }

  requestsTrigger(name: string, { namespace }: CountedApp): RequestsTrigger {
    const { prometheusUrl } = this.args;
    if (prometheusUrl === undefined) {
      const allowed = "the address of a Prometheus, which counts requests";
      const problem = { key: "prometheusUrl", given: "nothing", allowed };
      throw new ArgumentError("HomePlatform", [problem]);
    }
    return traefikRequests(prometheusUrl, namespace, name);
  }

  /**
   * The host's record is in the home's own DNS, which is not this program's; its certificate is waited
   * for, once the Ingress that asks for it has been made.
   */
  publish(name: string, { host, namespace, address }: PublishedApp): pulumi.Output<string> {
    const { kubeconfig, certificateWaitSeconds: waitSeconds = CERTIFICATE_WAIT_SECONDS } =
      this.args;
    const url = pulumi.interpolate`https://${host}`;
    if (pulumi.runtime.isDryRun() || waitSeconds === 0) return url;

    const reachedUrl = pulumi
      .all([url, kubeconfig, host, namespace, address])
      .apply(async ([reached, contents, hostName, inNamespace]) => {
        const place: CertificatePlace = {
          host: hostName,
          namespace: inNamespace,
          ingressName: name,
          certificateName: tlsSecretName(name),
          issuerName: this.traefik.clusterIssuer,
          ownsIssuer: this.args.issuer !== undefined,
          certManagerNamespace: this.args.certManagerNamespace ?? "cert-manager",
        };
        const { waitForCertificate, CertManagerApi } = loadWait();
        const api = new CertManagerApi({ kubeconfig: contents, context: this.args.context, place });
        await waitForCertificate({ place, waitSeconds, api, log: pulumi.log });
        return reached;
      });
    // The kubeconfig is a secret, and nothing of it is in the URL.
    return pulumi.unsecret(reachedUrl);
  }
}

/** Only now, so that a preview loads neither this nor a client of the Kubernetes API. */
function loadWait(): WaitModule & ApiModule {
  /* eslint-disable @typescript-eslint/no-require-imports */
  return {
    ...(require("./certificate/waitForCertificate") as WaitModule),
    ...(require("./certificate/certManagerApi") as ApiModule),
  };
}

type WaitModule = typeof import("./certificate/waitForCertificate");
type ApiModule = typeof import("./certificate/certManagerApi");

function clusterIssuerOf(name: string, { issuer, clusterIssuer }: HomePlatformArgs): string {
  const names = [issuer && issuerNameOf(issuer.acme.server), clusterIssuer].filter(
    (issuerName) => issuerName !== undefined,
  );
  const [only] = names;
  if (only === undefined || names.length > 1) {
    const given = only === undefined ? "neither is given" : `both are given: ${names.join(", ")}`;
    const allowed = "one of them, and only one";
    throw new ArgumentError(`HomePlatform "${name}"`, [
      { key: "issuer, clusterIssuer", given, allowed },
    ]);
  }
  return only;
}
