import type { KubeconfigProblem } from "./kubeconfigProblem";
import { certificatesOf } from "./pem";

/** Days before the end of a client certificate from which on it is worth a warning. */
const WARN_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Where a certificate stands, and how. */
export const AS_PEM = "certificates as PEM, in base64 where they stand in the kubeconfig";

/**
 * Looks at the client certificate of a kubeconfig.
 *
 * @param pem - The certificate, maybe with the ones that lead to its CA after it.
 * @param now - Against what its end is held.
 */
export function inspectCertificate(
  pem: string,
  now: Date,
): { problems: KubeconfigProblem[]; warnings: KubeconfigProblem[] } {
  const [certificate] = certificatesOf(pem) ?? [];
  if (certificate === undefined) {
    const problem = { given: "a client certificate that cannot be read", allowed: AS_PEM };
    return { problems: [problem], warnings: [] };
  }
  const end = new Date(certificate.validTo);
  const days = Math.floor((end.getTime() - now.getTime()) / DAY_MS);
  if (days >= WARN_DAYS) return { problems: [], warnings: [] };
  const on = end.toISOString().slice(0, 10);
  const problem = {
    given: `a client certificate that ${days < 0 ? "expired" : "expires"} on ${on}`,
    allowed: "a client certificate that is valid",
    first: "sudo systemctl restart k3s on the node, which renews it",
  };
  return days < 0 ? { problems: [problem], warnings: [] } : { problems: [], warnings: [problem] };
}
