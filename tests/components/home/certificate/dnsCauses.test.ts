import { strict as assert } from "node:assert";

import { causeOf } from "../../../../components/home/certificate/causes";
import { DNS_CAUSES, PROPAGATION_CAUSES } from "../../../../components/home/certificate/dnsCauses";
import { PLACE } from "../../../support/certManager";

const TSIG = "the DNS server refuses the TSIG key, or is not the zone's primary server";
const TOKEN = "Cloudflare refuses the API token: it is wrong, or not for this zone";
const KEY = "AWS does not know the access key, or its secret is another's";
const ZONE = "the host is in no hosted zone of that id";
const ROUTE53 =
  "Error presenting challenge: failed to change Route 53 record set: operation error Route 53: ChangeResourceRecordSets, https response error";

/** What challenges say of the DNS provider, as cert-manager 1.21 writes it. */
const SENTENCES: readonly (readonly [said: string, is: string, mend: RegExp])[] = [
  ["DNS update failed: dns: bad authentication", TSIG, /--secret dnsToken; .*tsigKeyName/],
  ["DNS update failed. Server replied: NOTAUTH", TSIG, /--secret dnsToken/],
  ["DNS update failed: dns: bad signature", TSIG, /--secret dnsToken/],
  [
    "DNS update failed: dns: bad time",
    "the clocks of the DNS server and of the cluster differ by more than 5 minutes",
    /NTP/,
  ],
  [
    "DNS update failed. Server replied: REFUSED",
    "the DNS server knows the TSIG key, and does not let it change this record",
    /_acme-challenge\.httpbin\.example\.com; .*zonesub TXT/,
  ],
  [
    "DNS update failed. Server replied: NOTZONE",
    "the DNS server does not have the zone of the record",
    /home\.dns\.rfc2136\.nameserver HOST:PORT$/,
  ],
  [
    "When querying the SOA record for the domain '_acme-challenge.httpbin.example.com.' using nameservers [192.0.2.53:53], rcode was expected to be 'NOERROR' or 'NXDOMAIN', but got 'REFUSED'",
    "the name servers that cert-manager asks for the zone of the record do not tell it",
    /^see that home\.dns\.zone is .*recursiveNameservers\[0\]' HOST:PORT$/,
  ],
  [
    "error decoding the provided TSIG secret: illegal base64 data at input byte 4",
    "the TSIG key is no base64",
    /--secret dnsToken$/,
  ],
  [
    "DNS update failed: read udp 10.42.0.9:40123->192.0.2.53:53: i/o timeout",
    "the DNS server does not take the update",
    /home\.dns\.rfc2136\.nameserver HOST:PORT$/,
  ],
  [
    'while attempting to find Zones for domain _acme-challenge.httpbin.example.com.\nwhile querying the Cloudflare API for GET "/zones?name=example.com" \n\t Error: 9109: Invalid access token',
    TOKEN,
    /Zone \/ DNS \/ Edit.*--secret dnsToken$/,
  ],
  [
    'while querying the Cloudflare API for GET "/zones?name=example.com" \n\t Error: 6003: Invalid request headers<- 6111: Invalid format for Authorization header',
    TOKEN,
    /--secret dnsToken$/,
  ],
  [
    'while querying the Cloudflare API for POST "/zones/023e105f4ecef8ad9ca31a8372d0c353/dns_records" \n\t Error: 10000: Authentication error',
    TOKEN,
    /--secret dnsToken$/,
  ],
  [
    "Found no Zones for domain _acme-challenge.httpbin.example.com. (neither in the sub-domain nor in the SLD) please make sure your domain-entries in the config are correct",
    TOKEN,
    /--secret dnsToken$/,
  ],
  [
    "the Cloudflare API token is invalid (does the API token contain a newline?)",
    "the Cloudflare token has a line end in it, or other white space",
    /^pulumi config set --secret dnsToken$/,
  ],
  [
    'while querying the Cloudflare API for GET "/zones?name=example.com": Get "https://api.cloudflare.com/client/v4/zones?name=example.com": dial tcp 104.19.193.29:443: i/o timeout',
    "cert-manager does not reach Cloudflare's API",
    /firewall/,
  ],
  [
    `${ROUTE53} StatusCode: 0, RequestID: , request send failed, Post "https://route53.amazonaws.com/2013-04-01/hostedzone/Z1/rrset": dial tcp: lookup route53.amazonaws.com: i/o timeout`,
    "cert-manager does not reach AWS' API of Route 53",
    /firewall/,
  ],
  [
    `${ROUTE53} StatusCode: 403, RequestID: 1, api error InvalidClientTokenId: The security token included in the request is invalid.`,
    KEY,
    /route53\.accessKeyId AKIA….*--secret dnsToken$/,
  ],
  [`${ROUTE53} StatusCode: 403, RequestID: 1, api error SignatureDoesNotMatch: no`, KEY, /AKIA/],
  [
    `${ROUTE53} StatusCode: 403, RequestID: 1, api error AccessDenied: User: arn:aws:iam::123456789012:user/acme is not authorized to perform: route53:ChangeResourceRecordSets`,
    "the IAM user may not change the zone's TXT records",
    /docs\/home-cluster\.md/,
  ],
  [
    `${ROUTE53} StatusCode: 404, RequestID: 1, NoSuchHostedZone: No hosted zone found with ID: Z1`,
    ZONE,
    /route53\.hostedZoneId ZONE-ID$/,
  ],
  ["zone example.com. not found in Route 53 for domain _acme-challenge.a.b.", ZONE, /ZONE-ID$/],
  [
    "failed to query Route 53 change status: Throttling: Rate exceeded",
    "Route 53 does not take the record",
    /the event/,
  ],
  [
    'error getting cloudflare secret: secret "letsencrypt-staging-dns-token" not found',
    "the Secret with the token of the DNS provider is not there as the issuer names it",
    /^have the stack make it anew: pulumi refresh/,
  ],
];

describe("DNS_CAUSES", () => {
  for (const [said, is, mend] of SENTENCES) {
    it(`know: ${said.slice(0, 100)}`, () => {
      const cause = causeOf(said, DNS_CAUSES);
      assert.equal(cause?.is, is);
      assert.match(cause.mend(PLACE), mend);
    });
  }

  it("are each known by a sentence of these", () => {
    const known = new Set(SENTENCES.map(([said]) => causeOf(said, DNS_CAUSES)));
    assert.equal(known.size, DNS_CAUSES.length);
  });

  it("are none of what they do not know", () => {
    assert.equal(causeOf("the moon is full", DNS_CAUSES), undefined);
  });
});

const UNSEEN = "the record is written, and the resolvers that cert-manager asks do not see it";
const SILENT = "the resolvers that cert-manager asks for the record do not answer";

describe("PROPAGATION_CAUSES", () => {
  for (const [said, is] of [
    ['DNS record for "httpbin.example.com" not yet propagated', UNSEEN],
    ["dial tcp 1.1.1.1:443: i/o timeout", SILENT],
    ["NS ns1.example.com.:53 returned REFUSED for _acme-challenge.httpbin.example.com.", SILENT],
    [
      'Could not determine authoritative nameservers for "_acme-challenge.httpbin.example.com."',
      SILENT,
    ],
    ['dns: server returned HTTP 403 error: "403 Forbidden"', SILENT],
  ] as const) {
    it(`know: ${said}`, () => {
      const sentence = `Waiting for DNS-01 challenge propagation: ${said}`;
      assert.equal(causeOf(sentence, PROPAGATION_CAUSES)?.is, is);
    });
  }

  it("tell how to look for the record, to wait longer, and to ask other resolvers", () => {
    const [, unseen] = PROPAGATION_CAUSES;
    const mend = unseen?.mend(PLACE) ?? "";
    assert.match(mend, /nslookup -type=TXT _acme-challenge\.httpbin\.example\.com\./);
    assert.match(mend, /home\.certificateWaitSeconds 900/);
    assert.match(mend, /'home\.certManager\.recursiveNameservers\[0\]' HOST:PORT$/);
  });
});
