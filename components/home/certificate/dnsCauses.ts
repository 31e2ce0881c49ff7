import { set, SET_TOKEN, WAY_OUT, type CertificateCause } from "./causes";

const RESOLVERS = set("'home.certManager.recursiveNameservers[0]'", "HOST:PORT");

/** What a DNS provider says, while the record is written or taken away. */
export const DNS_CAUSES: CertificateCause[] = [
  {
    says: /DNS update failed.*(?:bad authentication|bad signature|bad key\b|BADKEY|BADSIG|NOTAUTH)/,
    is: "the DNS server refuses the TSIG key, or is not the zone's primary server",
    mend: () =>
      `give the key as the server has it: ${SET_TOKEN}; its name and algorithm: home.dns.rfc2136.tsigKeyName, home.dns.rfc2136.tsigAlgorithm`,
    inIssuer: true,
  },
  {
    says: /DNS update failed.*(?:bad time|BADTIME)/,
    is: "the clocks of the DNS server and of the cluster differ by more than 5 minutes",
    mend: () => "set both by NTP",
  },
  {
    says: /DNS update failed.*REFUSED/,
    is: "the DNS server knows the TSIG key, and does not let it change this record",
    mend: ({ host }) =>
      `let the key change TXT records of _acme-challenge.${host}; in BIND: update-policy { grant KEY zonesub TXT; };`,
  },
  {
    says: /DNS update failed.*(?:NOTZONE|NXDOMAIN)/,
    is: "the DNS server does not have the zone of the record",
    mend: () => set("home.dns.rfc2136.nameserver", "HOST:PORT"),
    inIssuer: true,
  },
  {
    says: /querying the SOA record|start of authority/i,
    is: "the name servers that cert-manager asks for the zone of the record do not tell it",
    mend: () =>
      `see that home.dns.zone is a zone that they serve, by its whole name; where it is not public, name ones that do: ${RESOLVERS}`,
    inIssuer: true,
  },
  {
    says: /TSIG secret/,
    is: "the TSIG key is no base64",
    mend: () => `give it as the server has it: ${SET_TOKEN}`,
    inIssuer: true,
  },
  {
    says: /DNS update failed/,
    is: "the DNS server does not take the update",
    mend: () =>
      `see that it answers cert-manager's pods, over UDP: ${set("home.dns.rfc2136.nameserver", "HOST:PORT")}`,
    inIssuer: true,
  },
  {
    says: /Found no Zones for domain|\b(?:9109|1000|10000|6003|6103|6111|9103|9106): /,
    is: "Cloudflare refuses the API token: it is wrong, or not for this zone",
    mend: () =>
      `make a token with Zone / DNS / Edit and Zone / Zone / Read for the zone, then: ${SET_TOKEN}`,
    inIssuer: true,
  },
  {
    says: /Cloudflare API (?:token|key) is invalid|contain a newline/,
    is: "the Cloudflare token has a line end in it, or other white space",
    mend: () => SET_TOKEN,
    inIssuer: true,
  },
  {
    says: /Cloudflare API.*(?:dial tcp|timeout|refused|no such host)/i,
    is: "cert-manager does not reach Cloudflare's API",
    mend: () => WAY_OUT,
  },
  {
    says: /Route ?53.*(?:dial tcp|timeout|refused|no such host)/i,
    is: "cert-manager does not reach AWS' API of Route 53",
    mend: () => WAY_OUT,
  },
  {
    says: /InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClient|InvalidAccessKeyId/,
    is: "AWS does not know the access key, or its secret is another's",
    mend: () => `${set("home.dns.route53.accessKeyId", "AKIA…")}; ${SET_TOKEN}`,
    inIssuer: true,
  },
  {
    says: /AccessDenied|not authorized to perform/,
    is: "the IAM user may not change the zone's TXT records",
    mend: () => "give it the policy in docs/home-cluster.md, with the id of this zone",
  },
  {
    says: /NoSuchHostedZone|not found in Route 53|InvalidChangeBatch.*not permitted in zone/,
    is: "the host is in no hosted zone of that id",
    mend: () => set("home.dns.route53.hostedZoneId", "ZONE-ID"),
    inIssuer: true,
  },
  {
    says: /Route 53|Route53/i,
    is: "Route 53 does not take the record",
    mend: () => "see what it says; the event has the whole of it",
  },
  {
    says: /(?:get|load)ing? .*secret|secret ".*" not found|not found in secret|no key ".*" in secret/i,
    is: "the Secret with the token of the DNS provider is not there as the issuer names it",
    mend: () => "have the stack make it anew: pulumi refresh, then pulumi up",
    inIssuer: true,
  },
];

/** What keeps cert-manager waiting for the record. */
export const PROPAGATION_CAUSES: CertificateCause[] = [
  {
    says: /propagation: .*(?:dial tcp|timeout|connection refused|returned HTTP|no such host|SERVFAIL|REFUSED|SOA record|authoritative nameservers)/,
    is: "the resolvers that cert-manager asks for the record do not answer",
    mend: () => `name ones that the cluster reaches: ${RESOLVERS}`,
    inIssuer: true,
  },
  {
    says: /propagation: /,
    is: "the record is written, and the resolvers that cert-manager asks do not see it",
    mend: ({ host }) =>
      `see who has it: nslookup -type=TXT _acme-challenge.${host}. A provider may need some minutes (${set("home.certificateWaitSeconds", "900")}); where the zone is not public, name its own resolvers: ${RESOLVERS}`,
    inIssuer: true,
  },
];
