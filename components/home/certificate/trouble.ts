import { causeOf, type CertificateCause, type CertificatePlace } from "./causes";

/** Why a certificate is not there (yet). */
export interface Trouble {
  /** What is wrong, or what is being waited for. */
  is: string;
  /** Which object tells so, and how it says it. */
  seen?: string;
  /** What to do about it. */
  mend?: string;
  /** The command that shows more. */
  look: string;
  /** Whether it is nothing but a step on the way, for as long as that does not take too long. */
  isUsual?: boolean;
}

/** A trouble as it is shown. @param again - When, and how, it is tried again. */
export function explain({ is, seen, mend, look }: Trouble, again?: string): string {
  const lines = { "cause:": is, "seen: ": seen, "mend: ": mend, "look: ": look, "again:": again };
  return Object.entries(lines)
    .filter(([, line]) => line !== undefined)
    .map(([word, line]) => `  ${word} ${String(line)}`)
    .join("\n");
}

/** What a sentence of an object's means; the sentence alone where that is not known. */
export function named(
  object: string,
  sentence: string,
  causes: readonly CertificateCause[],
  place: CertificatePlace,
  look: string,
): Trouble {
  const cause = causeOf(sentence, causes);
  const seen = quoted(object, sentence);
  if (cause === undefined) return { is: "cert-manager says why", seen, look };
  const mend = cause.mend(place);
  return { is: cause.is, seen, mend: cause.inIssuer ? ownMend(place, mend) : mend, look };
}

/** What lies in an issuer is the stack's to set only where the issuer is the stack's. */
export function ownMend({ ownsIssuer, issuerName }: CertificatePlace, mend: string): string {
  return ownsIssuer ? mend : `in the ClusterIssuer ${issuerName}, which is not this stack's`;
}

/** On one line, and not at any length: what other programs say may have neither. */
export function quoted(object: string, sentence: string): string {
  const line = sentence.replace(/\s+/g, " ").trim();
  return `${object}: ${line.length > 600 ? `${line.slice(0, 600)}…` : line}`;
}
