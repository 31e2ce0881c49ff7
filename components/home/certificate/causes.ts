/** What the ways of mending need to name. */
export interface CertificatePlace {
  /** DNS name that the certificate is for. */
  host: string;
  /** Namespace of the Ingress, and so of its Certificate. */
  namespace: string;
  /** Name of the Ingress. */
  ingressName: string;
  /** Name of the Certificate, which is that of the Ingress' TLS Secret. */
  certificateName: string;
  /** ClusterIssuer that the Ingress names. */
  issuerName: string;
  /** Whether the stack made the issuer, so that its settings are the stack's. */
  ownsIssuer: boolean;
  /** Namespace of cert-manager. */
  certManagerNamespace: string;
}

/** What one of cert-manager's sentences means. */
export interface CertificateCause {
  /** How cert-manager, the DNS provider or the ACME server says it. */
  says: RegExp;
  /** What is wrong. */
  is: string;
  /** What to do about it; nothing where only time helps. */
  mend: (place: CertificatePlace) => string;
  /** Whether it lies in the issuer: where that is not the stack's, nor is what mends it. */
  inIssuer?: boolean;
}

/** The command that sets a key of the stack's config. */
export const set = (key: string, value: string): string =>
  `pulumi config set --path ${key} ${value}`;

/** The command that sets the secret of the DNS provider. */
export const SET_TOKEN = "pulumi config set --secret dnsToken";

/** What may keep cert-manager from a server. */
export const WAY_OUT =
  "see what keeps cert-manager's pods from getting out: a firewall, the DNS of the cluster";

/** The first of some causes that a sentence names; undefined where it is none of them. */
export function causeOf(
  sentence: string,
  causes: readonly CertificateCause[],
): CertificateCause | undefined {
  return causes.find(({ says }) => says.test(sentence));
}
