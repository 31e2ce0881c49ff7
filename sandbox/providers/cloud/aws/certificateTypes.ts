import { objectsAt, textAt } from "../../skeleton/json";
import { find, known, knownList, text, type CloudType, type Subject } from "../cloudType";
import { arn, hex, uuid } from "../identifiers";
import { refer } from "../references";

const DAY_MS = 86_400_000;

/** Names that a certificate is for. */
function namesOf({ inputs }: Pick<Subject, "inputs">): string[] {
  const names = [known(inputs, "domainName"), ...knownList(inputs, "subjectAlternativeNames")];
  return [...new Set(names.filter((name) => name !== undefined))];
}

/** Certificates, and names that lead somewhere. */
export const certificateTypes: Readonly<Record<string, CloudType>> = {
  "aws:acm/certificate:Certificate": {
    id: ({ place, seed }) => arn(place, "acm", `certificate/${uuid(`certificate ${seed}`)}`),
    hasGeneratedId: true,
    outputs: (subject, id) => ({
      arn: id,
      domainValidationOptions: namesOf(subject).map((name) => ({
        domainName: name,
        // A wildcard is proved by the very record of the name that it is below.
        resourceRecordName: `_${hex(name.replace(/^\*\./, ""), 32)}.${name.replace(/^\*\./, "")}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `_${hex(`value ${name}`, 32)}.acm-validations.aws.`,
      })),
      keyAlgorithm: "RSA_2048",
      notAfter: new Date(Date.parse(subject.now) + 198 * DAY_MS).toISOString(),
      notBefore: subject.now,
      pendingRenewal: false,
      renewalEligibility: "INELIGIBLE",
      renewalSummaries: [],
      status: "PENDING_VALIDATION",
      subjectAlternativeNames: namesOf(subject),
      type: "AMAZON_ISSUED",
      validationEmails: [],
    }),
    fixed: ["domainName", "subjectAlternativeNames", "validationMethod", "keyAlgorithm"],
  },

  "aws:acm/certificateValidation:CertificateValidation": {
    id: ({ seed, now }) => `${now.slice(0, 10)} ${hex(seed, 8)}`,
    hasGeneratedId: true,
    outputs: () => ({}),
    fixed: ["certificateArn", "validationRecordFqdns"],
    refers: ({ inputs }) => refer(inputs, "certificateArn", "certificate"),
    refused: ({ inputs, existence }) => {
      const type = "aws:acm/certificate:Certificate";
      const certificate = find(existence, type, "arn", inputs["certificateArn"]);
      const wanted = objectsAt(certificate?.state, "domainValidationOptions").map((option) =>
        (textAt(option, "resourceRecordName") ?? "").replace(/\.$/, ""),
      );
      const there = existence.all("aws:route53/record:Record").map(({ state }) => state["fqdn"]);
      const missing = wanted.find((name) => !there.includes(name));
      return missing === undefined
        ? undefined
        : `waiting for ACM Certificate (${text(inputs, "certificateArn")}) to be issued: timeout ` +
            `while waiting for state to become 'ISSUED': there is no record ${missing}`;
    },
  },

  "aws:route53/record:Record": {
    id: ({ inputs }) => ["zoneId", "name", "type"].map((key) => text(inputs, key)).join("_"),
    hasGeneratedId: false,
    outputs: ({ inputs }) => ({ fqdn: text(inputs, "name").replace(/\.$/, "") }),
    fixed: ["zoneId", "name", "type", "setIdentifier"],
    check: (inputs) => {
      const isAlias = inputs["aliases"] !== undefined;
      const hasValues = inputs["records"] !== undefined && inputs["ttl"] !== undefined;
      const reason = "either aliases is to be given, or both records and ttl";
      return isAlias === hasValues ? [{ property: "records", reason }] : [];
    },
  },
};
