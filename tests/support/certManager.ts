import type { CertificatePlace } from "../../components/home/certificate/causes";
import {
  certificateSchema,
  challengeSchema,
  eventSchema,
  issuerSchema,
  orderSchema,
  requestSchema,
  type CertificateObjects,
} from "../../components/home/certificate/objects";

/** An app whose certificate is looked at. */
export const PLACE: CertificatePlace = {
  host: "httpbin.example.com",
  namespace: "web",
  ingressName: "httpbin",
  certificateName: "httpbin-tls",
  issuerName: "letsencrypt-staging",
  ownsIssuer: true,
  certManagerNamespace: "cert-manager",
};

/** As the API has it: fields that only some tests look at are left out. */
type Json = Record<string, unknown>;

export const NAMES = {
  certificate: "httpbin-tls",
  request: "httpbin-tls-1",
  order: "httpbin-tls-1-3316527148",
  challenge: "httpbin-tls-1-3316527148-1021443205",
};

/** A condition of an object of the first generation. */
export function condition(type: string, status: string, reason = "", message = ""): Json {
  return { type, status, reason, message, observedGeneration: 1 };
}

const meta = (kind: string, name: string, owner?: string): Json => ({
  name,
  uid: `uid-of-${kind}`,
  generation: 1,
  creationTimestamp: "2026-11-29T00:00:00Z",
  ...(owner !== undefined && { ownerReferences: [{ uid: `uid-of-${owner}`, kind: owner }] }),
});

/** The Certificate that cert-manager makes of the Ingress, with a status. */
export function certificate(status: Json = {}, spec: Json = {}): Json {
  return {
    metadata: meta("certificate", NAMES.certificate, "ingress"),
    spec: {
      secretName: "httpbin-tls",
      dnsNames: ["httpbin.example.com"],
      issuerRef: { kind: "ClusterIssuer", name: "letsencrypt-staging", group: "cert-manager.io" },
      ...spec,
    },
    status,
  };
}

/** The request for it. Conditions of requests have no generation. */
export function request(reason: string, message: string, ...more: Json[]): Json {
  return {
    metadata: {
      ...meta("request", NAMES.request, "certificate"),
      annotations: {
        "cert-manager.io/certificate-name": "httpbin-tls",
        "cert-manager.io/certificate-revision": "1",
      },
    },
    status: {
      conditions: [
        { type: "Approved", status: "True", reason: "cert-manager.io", message: "approved" },
        { type: "Ready", status: "False", reason, message },
        ...more,
      ],
    },
  };
}

/** The order for the request. */
export function order(status: Json = { state: "pending", url: "https://acme/order/1" }): Json {
  return { metadata: meta("order", NAMES.order, "request"), status };
}

/** The challenge of the order. */
export function challenge(status: Json, metadata: Json = {}): Json {
  return {
    metadata: { ...meta("challenge", NAMES.challenge, "order"), ...metadata },
    spec: { dnsName: "httpbin.example.com" },
    status: { state: "pending", processing: true, presented: false, ...status },
  };
}

/** The issuer that the Ingress names. */
export function issuer(ready: Json | undefined = condition("Ready", "True")): Json {
  return {
    metadata: meta("issuer", "letsencrypt-staging"),
    status: { conditions: [ready] },
  };
}

/** A warning about an object. */
export function warning(kind: string, reason: string, message: string, more: Json = {}): Json {
  return {
    metadata: { name: "e", creationTimestamp: "2026-11-29T00:00:10Z" },
    involvedObject: { uid: `uid-of-${kind}` },
    type: "Warning",
    reason,
    message,
    lastTimestamp: "2026-11-29T00:00:10Z",
    ...more,
  };
}

/** What a cluster has of a certificate, kind by kind, as the API has it. */
export interface Cluster {
  certificate?: Json | undefined;
  issuer?: Json | undefined;
  request?: Json | undefined;
  order?: Json | undefined;
  challenges?: Json[];
  events?: Json[];
  hidden?: string[];
}

/** A certificate on its way: asked for, and not there. */
export const ON_ITS_WAY: Cluster = {
  certificate: certificate({
    conditions: [
      condition("Ready", "False", "DoesNotExist", "Issuing certificate as Secret does not exist"),
      condition("Issuing", "True", "DoesNotExist", "Issuing certificate as Secret does not exist"),
    ],
  }),
  issuer: issuer(),
  request: request("Pending", 'Waiting on certificate issuance from order web/httpbin: "pending"'),
  order: order(),
};

/** A certificate that is there. */
export const ISSUED: Cluster = {
  certificate: certificate({
    conditions: [condition("Ready", "True", "Ready", "Certificate is up to date")],
    notAfter: "2027-02-27T00:00:00Z",
  }),
  issuer: issuer(),
};

/** What is read of a cluster. */
export function objectsOf(cluster: Cluster): CertificateObjects {
  const some = (object: Json | undefined): Json[] => (object === undefined ? [] : [object]);
  const [first] = some(cluster.certificate);
  const [issuing] = some(cluster.issuer);
  return {
    certificate: first && certificateSchema.parse(first),
    issuer: issuing && issuerSchema.parse(issuing),
    requests: some(cluster.request).map((each) => requestSchema.parse(each)),
    orders: some(cluster.order).map((each) => orderSchema.parse(each)),
    challenges: (cluster.challenges ?? []).map((each) => challengeSchema.parse(each)),
    events: (cluster.events ?? []).map((each) => eventSchema.parse(each)),
    hidden: cluster.hidden ?? [],
  };
}
