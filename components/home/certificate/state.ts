import type { CertificatePlace } from "./causes";
import { isMeant, issuerTrouble, requestTrouble, troubleOf } from "./certificateTrouble";
import { conditionOf, type CertificateObjects } from "./objects";
import { isLimited, pauseEnd } from "./tryAgain";
import { explain, type Trouble } from "./trouble";

/** How far a certificate is. */
export type CertificateState =
  | {
      isThere: true;
      /** What is wrong although it is there. */
      warnings: string[];
    }
  | {
      isThere: false;
      trouble: Trouble;
      /** Whether a good certificate is there, and only its issuer may not be as it should. */
      isServed?: boolean;
      /** Whether waiting does not mend it. */
      isHopeless?: boolean;
      /** When cert-manager begins anew, where it has given up: in milliseconds since 1970. */
      pauseEnd?: number | undefined;
      /** Whether it is the ACME server that has it wait. */
      isLimited?: boolean;
    };

/** How far a certificate is, from what the cluster has of it. */
export function stateOf(objects: CertificateObjects, place: CertificatePlace): CertificateState {
  if (!isIssued(objects, place)) {
    return {
      isThere: false,
      trouble: troubleOf(objects, place),
      pauseEnd: pauseEnd(objects),
      isLimited: isLimited(objects, place.certificateName),
    };
  }
  const issuer = issuerTrouble(objects, place);
  // An issuer that has just been changed: cert-manager looks at it within seconds.
  if (issuer?.isUsual === true) return { isThere: false, isServed: true, trouble: issuer };
  return {
    isThere: true,
    warnings: [issuerWarning(issuer, place), renewalWarning(objects, place)].flat(),
  };
}

/**
 * Whether the certificate that is there is for the host, and of the issuer that the Ingress names. One
 * that is good does not stop being so while cert-manager renews it.
 */
export function isIssued({ certificate }: CertificateObjects, place: CertificatePlace): boolean {
  if (certificate === undefined || !isMeant(certificate, place)) return false;
  return conditionOf(certificate, "Ready")?.status === "True";
}

function issuerWarning(trouble: Trouble | undefined, place: CertificatePlace): string[] {
  if (trouble === undefined) return [];
  const first = `The certificate of https://${place.host} is good, and cannot be renewed as it is.`;
  return [`${first}\n${explain(trouble)}`];
}

function renewalWarning(objects: CertificateObjects, place: CertificatePlace): string[] {
  const end = pauseEnd(objects);
  if (end === undefined) return [];
  const until = objects.certificate?.status.notAfter ?? "its end";
  const first = `The certificate of https://${place.host} is good until ${until}; renewing it has failed.`;
  const when = again(place, end, isLimited(objects, place.certificateName));
  return [`${first}\n${explain(requestTrouble(objects, place), when)}`];
}

/**
 * What is said of a failure after which cert-manager waits.
 *
 * @param isLimited - Whether the ACME server has it wait, so that nothing comes of trying at once.
 */
export function again(
  { namespace, certificateName }: CertificatePlace,
  end: number | undefined,
  isLimited = false,
): string | undefined {
  if (end === undefined) return undefined;
  const time = new Date(end).toISOString().replace(/\.\d+/, "");
  if (isLimited) {
    return `cert-manager tries again at ${time}; a pulumi up once the limit is over has it try at once`;
  }
  const patch = `kubectl --namespace ${namespace} patch certificate ${certificateName} --subresource status --type merge --patch '{"status":{"lastFailureTime":null}}'`;
  return `cert-manager tries again at ${time}; the next pulumi up has it try at once, and so does: ${patch}`;
}
