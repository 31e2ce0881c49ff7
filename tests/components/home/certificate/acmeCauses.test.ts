import { strict as assert } from "node:assert";

import { ACME_CAUSES, VALIDATION_CAUSES } from "../../../../components/home/certificate/acmeCauses";
import { causeOf } from "../../../../components/home/certificate/causes";
import { PLACE } from "../../../support/certManager";

/** What issuers, orders and requests say, as cert-manager 1.21 and ACME servers write it. */
const SENTENCES: readonly (readonly [said: string, is: string, mend: RegExp])[] = [
  [
    'Failed to register ACME account: Get "https://acme.test/dir": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    "cert-manager does not trust the ACME server's own certificate",
    /--path home\.acme\.caBundle < ca\.pem$/,
  ],
  [
    'Failed to register ACME account: Get "https://acme.test/dir": dial tcp 192.0.2.7:14000: connect: connection refused',
    "cert-manager does not reach the ACME server",
    /server runs, .*firewall.*; then run pulumi up$/,
  ],
  [
    'Failed to register ACME account: Get "https://acme.test/dir": dial tcp: lookup acme.test on 10.43.0.10:53: no such host',
    "cert-manager does not reach the ACME server",
    /firewall/,
  ],
  [
    'Failed to register ACME account: 400 urn:ietf:params:acme:error:invalidContact: contact email has forbidden domain "example.com"',
    "the ACME server refuses the account's e-mail address",
    /--path home\.acme\.email /,
  ],
  [
    "Failed to register ACME account: 401 urn:ietf:params:acme:error:externalAccountRequired: no EAB",
    "the ACME server takes only accounts that it knows from elsewhere (external account binding)",
    /home\.clusterIssuer NAME/,
  ],
  [
    "Failed to register ACME account: the ACME server returned an HTTP 404 response which is not an RFC 8555 problem document; the response body has been omitted and can be found in the cert-manager logs",
    "what answers at home.acme.server is no ACME server",
    /home\.acme\.server https:/,
  ],
  [
    "Account private key is invalid: error decoding private key",
    "the Secret with the account's key holds none",
    /^have cert-manager make another: kubectl --namespace cert-manager delete secret letsencrypt-staging-account-key; then run pulumi up$/,
  ],
  [
    'Failed to create Order: 400 urn:ietf:params:acme:error:accountDoesNotExist: Account "https://acme.test/acct/1" not found',
    "the ACME server does not know the account of the issuer",
    /delete secret letsencrypt-staging-account-key; then run pulumi up$/,
  ],
  [
    "Failed to create Order: 429 urn:ietf:params:acme:error:rateLimited: too many certificates (5) already issued for this exact set of domains in the last 168h0m0s, retry after 2026-11-30 10:00:00 UTC",
    "the ACME server's rate limit is reached",
    /then run pulumi up.*home\.acme\.server staging$/,
  ],
  [
    'Failed to create Order: 400 urn:ietf:params:acme:error:rejectedIdentifier: Cannot issue for "httpbin.home.test": Domain name does not end with a valid public suffix (TLD)',
    "the ACME server gives no certificates for this name",
    /--path app\.host NAME$/,
  ],
  [
    "Failed to finalize Order: 403 urn:ietf:params:acme:error:caa: CAA record for example.com prevents issuance",
    "a CAA record of the domain forbids the ACME server to give certificates for it",
    /letsencrypt\.org/,
  ],
];

describe("ACME_CAUSES", () => {
  for (const [said, is, mend] of SENTENCES) {
    it(`know: ${said.slice(0, 100)}`, () => {
      const cause = causeOf(said, ACME_CAUSES);
      assert.equal(cause?.is, is);
      assert.match(cause.mend(PLACE), mend);
    });
  }

  it("are each known by a sentence of these", () => {
    const known = new Set(SENTENCES.map(([said]) => causeOf(said, ACME_CAUSES)));
    assert.equal(known.size, ACME_CAUSES.length);
  });

  it("are none of what they do not know", () => {
    assert.equal(
      causeOf("Failed to finalize Order: 500 : the moon is full", ACME_CAUSES),
      undefined,
    );
  });
});

/** What a challenge says after the ACME server has looked at the record itself. */
const VALIDATIONS: readonly (readonly [said: string, is: string])[] = [
  [
    'Error accepting authorization: acme: authorization error for httpbin.example.com: 403 urn:ietf:params:acme:error:unauthorized: Incorrect TXT record "old" found at _acme-challenge.httpbin.example.com',
    "the ACME server itself did not find the record",
  ],
  [
    "Error accepting authorization: acme: authorization error for httpbin.example.com: 400 urn:ietf:params:acme:error:dns: DNS problem: NXDOMAIN looking up TXT for _acme-challenge.httpbin.example.com",
    "the ACME server itself did not find the record",
  ],
  [
    "Error accepting authorization: acme: authorization error for httpbin.example.com: 403 urn:ietf:params:acme:error:caa: CAA record for httpbin.example.com prevents issuance",
    "a CAA record of the domain forbids the ACME server to give certificates for it",
  ],
  [
    "Error accepting challenge: 429 urn:ietf:params:acme:error:rateLimited: too many failed authorizations recently",
    "the ACME server's rate limit is reached",
  ],
  [
    "Error accepting challenge: 400 urn:ietf:params:acme:error:rejectedIdentifier: no",
    "the ACME server gives no certificates for this name",
  ],
];

describe("VALIDATION_CAUSES", () => {
  for (const [said, is] of VALIDATIONS) {
    it(`know: ${said.slice(0, 140)}`, () => {
      assert.equal(causeOf(said, VALIDATION_CAUSES)?.is, is);
    });
  }

  it("are each known by a sentence of these", () => {
    const known = new Set(VALIDATIONS.map(([said]) => causeOf(said, VALIDATION_CAUSES)));
    assert.equal(known.size, VALIDATION_CAUSES.length);
  });

  it("name the record to look for", () => {
    const [said] = VALIDATIONS[0] ?? [""];
    const mend = causeOf(said, VALIDATION_CAUSES)?.mend(PLACE);
    assert.match(mend ?? "", /nslookup -type=TXT _acme-challenge\.httpbin\.example\.com; then run/);
  });
});
