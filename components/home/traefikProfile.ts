import type { IngressProfile } from "../httpbin/ingressProfile";

/** What is to be known of a Traefik that serves Ingresses. */
export interface TraefikArgs {
  /** IngressClass of Traefik. */
  ingressClass: string;
  /** Namespace in which Traefik's pods run. */
  namespace: string;
  /** ClusterIssuer that cert-manager asks for the certificate of an Ingress. */
  clusterIssuer: string;
}

/** Seconds Traefik takes to hear of a changed EndpointSlice, with a wide margin. */
const DRAIN_SECONDS = 10;

/**
 * An Ingress on the Traefik that k3s bundles: cert-manager sees the annotation and puts the
 * certificate into the TLS Secret; plain HTTP is sent to HTTPS by a Middleware of the Ingress' own,
 * so that nothing of the cluster's Traefik is changed for others.
 *
 * The Ingress listens on both entry points: on `web` it answers with the redirect, on `websecure`
 * the same Middleware lets the request through, as its scheme is right already.
 */
export function traefikProfile(args: TraefikArgs, namespace: string, name: string): IngressProfile {
  const middleware = `${name}-redirect-https`;
  return {
    className: args.ingressClass,
    annotations: {
      "cert-manager.io/cluster-issuer": args.clusterIssuer,
      "traefik.ingress.kubernetes.io/router.entrypoints": "web,websecure",
      "traefik.ingress.kubernetes.io/router.middlewares": `${namespace}-${middleware}@kubernetescrd`,
    },
    usesTlsSecret: true,
    peers: [
      {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": args.namespace } },
        podSelector: { matchLabels: { "app.kubernetes.io/name": "traefik" } },
      },
    ],
    drainSeconds: DRAIN_SECONDS,
    namespaceLabels: {},
    companions: [
      {
        apiVersion: "traefik.io/v1alpha1",
        kind: "Middleware",
        name: middleware,
        spec: { redirectScheme: { scheme: "https", permanent: true } },
      },
    ],
  };
}
