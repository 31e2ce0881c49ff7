import * as z from "zod";

import { DNS01_PROVIDERS } from "../components/home/dns01Solver";
import {
  choice,
  dnsLabel,
  dnsName,
  filePath,
  flag,
  hostPort,
  integer,
  line,
  objectName,
  pattern,
  resolver,
} from "./fields";
import { certificatesOf } from "./pem";

const certManager = z
  .strictObject({
    install: flag("Whether the stack installs cert-manager; false: it is there already.").default(
      true,
    ),
    namespace: dnsLabel("Namespace of cert-manager.", "cert-manager").default("cert-manager"),
    recursiveNameservers: z
      .array(resolver("Resolver.", "1.1.1.1:53"))
      .min(1)
      .meta({
        description: "Resolvers, outside the home's own DNS, that see the challenge's record.",
        allowed: "a list of host:port or https URLs, at least one",
        example: "1.1.1.1:53",
      })
      .default(["https://1.1.1.1/dns-query", "https://8.8.8.8/dns-query"]),
  })
  .prefault({});

const acme = z.strictObject({
  server: pattern(/^(?:staging|production|https:\/\/\S+)$/, {
    description: "Let's Encrypt's staging or production, or another ACME directory.",
    example: "production",
    allowed: "staging, production, or an https URL",
  }).default("staging"),
  email: z.email().meta({
    description: "Address of the ACME account.",
    example: "you@your-domain.org",
    allowed: "an e-mail address",
  }),
  caBundle: pattern(
    /^-----BEGIN CERTIFICATE-----\s[\s\S]+-----END CERTIFICATE-----\s*$/,
    {
      description: "CA of a private ACME server.",
      example: "-----BEGIN CERTIFICATE-----…",
      allowed: "one or more certificates as PEM",
    },
    (pem) => certificatesOf(pem) !== undefined,
  ).optional(),
});

const dns = z.strictObject({
  provider: choice("Who serves the zone.", DNS01_PROVIDERS).default("cloudflare"),
  zone: dnsName("The one zone in which challenge records are written.", "example.com"),
  route53: z
    .strictObject({
      region: line("AWS region.", "eu-central-1"),
      hostedZoneId: pattern(/^Z[A-Z0-9]{1,31}$/, {
        description: "Hosted zone.",
        example: "Z2ABCDEFGHIJKL",
        allowed: "the id of a hosted zone: Z and capital letters or digits",
      }),
      accessKeyId: pattern(/^AKIA[A-Z0-9]{16}$/, {
        description: "Access key of an IAM user that may change this zone's TXT records only.",
        example: "AKIAABCDEFGHIJKLMNOP",
        allowed: "the id of an access key: AKIA and 16 capital letters or digits",
      }),
    })
    .optional(),
  rfc2136: z
    .strictObject({
      nameserver: hostPort("Authoritative server that takes updates.", "192.0.2.53:53"),
      tsigKeyName: line("Name of the TSIG key.", "cert-manager"),
      tsigAlgorithm: choice("Algorithm of the TSIG key.", [
        "HMACSHA256",
        "HMACSHA512",
        "HMACSHA1",
        "HMACMD5",
      ]).default("HMACSHA256"),
    })
    .optional(),
});

/** The cluster at home. */
export const homeSchema = z
  .strictObject({
    kubeconfigPath: filePath(
      "Path of a kubeconfig, in place of `kubeconfig`; ~ is the home folder.",
      "~/.kube/config",
    ).optional(),
    context: line("Context of the kubeconfig; alone: one of ~/.kube/config.", "home").optional(),
    clusterIdentifier: line(
      "Pulumi's name for the cluster. A change makes everything anew.",
      "home",
    ).default("home"),
    certManager,
    clusterIssuer: objectName(
      "A ClusterIssuer that is there already; then acme, dns and dnsToken are not used.",
      "letsencrypt",
    ).optional(),
    acme: acme.optional(),
    dns: dns.optional(),
    certificateWaitSeconds: integer(
      "Seconds that an update waits for the host's certificate; 0: it does not wait.",
      0,
      3600,
      300,
    ).default(300),
    traefik: z
      .strictObject({
        ingressClass: objectName("IngressClass of Traefik.", "traefik").default("traefik"),
        namespace: dnsLabel("Namespace of Traefik's pods.", "kube-system").default("kube-system"),
      })
      .prefault({}),
  })
  .meta({ description: "The cluster at home: how to reach it, and how it gets certificates." });
