import { X509Certificate } from "node:crypto";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The certificates in a PEM bundle, in their order.
 *
 * @returns undefined where there is none, or one that cannot be read.
 */
export function certificatesOf(pem: string): [X509Certificate, ...X509Certificate[]] | undefined {
  try {
    const [first, ...others] = (pem.match(CERTIFICATE) ?? []).map(
      (certificate) => new X509Certificate(certificate),
    );
    return first && [first, ...others];
  } catch {
    return undefined;
  }
}
