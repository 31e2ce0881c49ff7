import * as z from "zod";

/** What of Kubernetes' metadata tells one object from another, and whose it is. */
const metadata = z.object({
  name: z.string(),
  uid: z.string().default(""),
  generation: z.number().optional(),
  creationTimestamp: z.string().default(""),
  deletionTimestamp: z.string().optional(),
  annotations: z.record(z.string(), z.string()).default({}),
  ownerReferences: z.array(z.object({ uid: z.string() })).default([]),
});

const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().default(""),
  message: z.string().default(""),
  observedGeneration: z.number().optional(),
});

const conditions = z.array(condition).default([]);
const issuerRef = z.object({ name: z.string(), kind: z.string().optional() });

export const certificateSchema = z.object({
  metadata,
  spec: z.object({ issuerRef, dnsNames: z.array(z.string()).default([]) }),
  status: z
    .object({
      conditions,
      notAfter: z.string().optional(),
      lastFailureTime: z.string().optional(),
      failedIssuanceAttempts: z.number().optional(),
    })
    .prefault({}),
});

export const requestSchema = z.object({ metadata, status: z.object({ conditions }).prefault({}) });

export const orderSchema = z.object({
  metadata,
  status: z
    .object({
      state: z.string().default(""),
      reason: z.string().default(""),
      url: z.string().default(""),
    })
    .prefault({}),
});

export const challengeSchema = z.object({
  metadata,
  spec: z.object({ dnsName: z.string() }),
  status: z
    .object({
      state: z.string().default(""),
      reason: z.string().default(""),
      presented: z.boolean().default(false),
      processing: z.boolean().default(false),
    })
    .prefault({}),
});

export const issuerSchema = z.object({
  metadata,
  spec: z.object({ acme: z.object({ server: z.string() }).optional() }).prefault({}),
  status: z.object({ conditions }).prefault({}),
});

/** The client makes dates of the times of kinds that it knows. */
const time = z.union([z.string(), z.date().transform((date) => date.toISOString())]).nullish();

export const eventSchema = z.object({
  metadata: z.object({ creationTimestamp: time }),
  involvedObject: z.object({ uid: z.string().optional() }),
  type: z.string().optional(),
  reason: z.string().default(""),
  message: z.string().default(""),
  lastTimestamp: time,
  eventTime: time,
});

export type Certificate = z.output<typeof certificateSchema>;
export type CertificateRequest = z.output<typeof requestSchema>;
export type Order = z.output<typeof orderSchema>;
export type Challenge = z.output<typeof challengeSchema>;
export type ClusterIssuer = z.output<typeof issuerSchema>;
export type Event = z.output<typeof eventSchema>;
export type Condition = z.output<typeof condition>;
type Metadata = z.output<typeof metadata>;

/** Everything that tells how far a certificate is. */
export interface CertificateObjects {
  /** Undefined where there is none of that name. */
  certificate?: Certificate | undefined;
  /** Undefined where there is none of that name, or it may not be read. */
  issuer?: ClusterIssuer | undefined;
  /** All of the namespace. */
  requests: CertificateRequest[];
  orders: Order[];
  challenges: Challenge[];
  events: Event[];
  /** Kinds that the kubeconfig's user may not list, by their plural names. */
  hidden: string[];
}

/** The condition of a type, where it was made of the object as it is now. */
export function conditionOf(
  { metadata: { generation }, status }: { metadata: Metadata; status: { conditions: Condition[] } },
  type: string,
): Condition | undefined {
  return status.conditions.find(
    (each) => each.type === type && isOf(each.observedGeneration, generation),
  );
}

/** An object of a kind that does not count its generations has none, and nor have its conditions. */
function isOf(observed: number | undefined, generation: number | undefined): boolean {
  return observed === undefined || generation === undefined || observed === generation;
}

/** The newest request for a certificate, by its revision; two of one revision by their age. */
export function requestOf(
  { requests }: CertificateObjects,
  certificateName: string,
): CertificateRequest | undefined {
  const revision = ({ metadata: { annotations } }: CertificateRequest): number =>
    Number(annotations["cert-manager.io/certificate-revision"] ?? 0);
  return requests
    .filter(({ metadata: { annotations } }) => {
      return annotations["cert-manager.io/certificate-name"] === certificateName;
    })
    .sort((a, b) => revision(b) - revision(a) || newestFirst(a, b))
    .at(0);
}

/** Those of some objects that another one owns, the newest first. */
export function ownedBy<T extends { metadata: Metadata }>(
  objects: readonly T[],
  owner: { metadata: Metadata } | undefined,
): T[] {
  return objects
    .filter(({ metadata: { ownerReferences } }) =>
      ownerReferences.some(({ uid }) => uid === owner?.metadata.uid),
    )
    .sort(newestFirst);
}

/**
 * The challenges of an order, and those of earlier orders that are in their way: for one name
 * cert-manager begins none while there is another, also one that is being deleted.
 */
export function challengesOf(
  { challenges }: CertificateObjects,
  order: Order | undefined,
): Challenge[] {
  const own = ownedBy(challenges, order);
  const names = own.map(({ spec }) => spec.dnsName);
  const earlier = challenges.filter(
    (one) => !own.includes(one) && isLeaving(one) && names.includes(one.spec.dnsName),
  );
  return [...own, ...earlier];
}

/**
 * Whether a challenge was made for a certificate: by its name, as the order that it was made for may be
 * gone already. cert-manager names each after what it was made for, with a number behind.
 */
export function isForCertificate({ metadata }: Challenge, certificateName: string): boolean {
  const { name } = metadata;
  const numbers = name.slice(certificateName.length);
  return name.startsWith(certificateName) && /^-\d+-\d+-\d+$/.test(numbers);
}

/** Whether a challenge is being deleted: first it takes its record away. */
export function isLeaving({ metadata }: Challenge): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** The message of the last warning about an object. */
export function warningOf(
  { events }: CertificateObjects,
  object: { metadata: Metadata } | undefined,
): string | undefined {
  const timeOf = ({ lastTimestamp, eventTime, metadata: { creationTimestamp } }: Event): string =>
    lastTimestamp ?? eventTime ?? creationTimestamp ?? "";
  return events
    .filter(({ type, involvedObject: { uid } }) => {
      return type === "Warning" && uid === object?.metadata.uid;
    })
    .sort((a, b) => timeOf(b).localeCompare(timeOf(a)))
    .at(0)?.message;
}

function newestFirst(a: { metadata: Metadata }, b: { metadata: Metadata }): number {
  return b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp);
}
