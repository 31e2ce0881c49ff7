import { set, WAY_OUT, type CertificateCause, type CertificatePlace } from "./causes";

const accountKey = ({ certManagerNamespace, issuerName }: CertificatePlace): string =>
  `kubectl --namespace ${certManagerNamespace} delete secret ${issuerName}-account-key`;

/** What the ACME server says, of an account, an order or a name. */
export const ACME_CAUSES: CertificateCause[] = [
  {
    says: /rateLimited|too many (?:certificates|failed authorizations|new orders|registrations)/i,
    is: "the ACME server's rate limit is reached",
    mend: () =>
      `wait until the time that it names, then run pulumi up; until then staging gives certificates to try with: ${set("home.acme.server", "staging")}`,
    inIssuer: true,
  },
  {
    says: /accountDoesNotExist/,
    is: "the ACME server does not know the account of the issuer",
    mend: (place) => `have cert-manager make another: ${accountKey(place)}; then run pulumi up`,
  },
  {
    says: /invalidContact|unsupportedContact|contact email|invalid email/i,
    is: "the ACME server refuses the account's e-mail address",
    mend: () => set("home.acme.email", "you@your-domain.org"),
    inIssuer: true,
  },
  {
    says: /externalAccountRequired/,
    is: "the ACME server takes only accounts that it knows from elsewhere (external account binding)",
    mend: () =>
      `make an issuer with such an account yourself: ${set("home.clusterIssuer", "NAME")}, or take another server: home.acme.server`,
    inIssuer: true,
  },
  {
    says: /urn:ietf:params:acme:error:caa|\bCAA\b/,
    is: "a CAA record of the domain forbids the ACME server to give certificates for it",
    mend: ({ host }) =>
      `let it in the DNS of ${host}, or of a domain above it; for Let's Encrypt: CAA 0 issue "letsencrypt.org"`,
  },
  {
    says: /rejectedIdentifier|unsupportedIdentifier|policy forbids/i,
    is: "the ACME server gives no certificates for this name",
    mend: () => `take a name of a domain of yours: ${set("app.host", "NAME")}`,
  },
  {
    says: /not an RFC 8555 problem document|unsupported protocol scheme|missing directory|invalid character '<'/i,
    is: "what answers at home.acme.server is no ACME server",
    mend: () => set("home.acme.server", "https://HOST/directory"),
    inIssuer: true,
  },
  {
    says: /x509:|failed to verify certificate/,
    is: "cert-manager does not trust the ACME server's own certificate",
    mend: () => `give the CA that signed it: ${set("home.acme.caBundle", "< ca.pem")}`,
    inIssuer: true,
  },
  {
    says: /dial tcp|connection refused|no such host|i\/o timeout|deadline exceeded|no route to host|connection reset|handshake timeout|: EOF|\b50[234]\b/,
    is: "cert-manager does not reach the ACME server",
    mend: () => `see that the server runs, and ${WAY_OUT}; then run pulumi up`,
  },
  {
    says: /account private key is invalid|is not of type RSA/i,
    is: "the Secret with the account's key holds none",
    mend: (place) => `have cert-manager make another: ${accountKey(place)}; then run pulumi up`,
  },
];

/** What the ACME server found when it looked at the record itself. */
export const VALIDATION_CAUSES: CertificateCause[] = [
  ...ACME_CAUSES.filter(({ says }) => /caa|rateLimited|rejectedIdentifier/i.test(says.source)),
  {
    says: /TXT|NXDOMAIN|SERVFAIL|:dns:|:dns\b|unauthorized|query timed out/i,
    is: "the ACME server itself did not find the record",
    mend: ({ host }) =>
      `see that the zone's public name servers have it, all of them: nslookup -type=NS ${host}, and nslookup -type=TXT _acme-challenge.${host}; then run pulumi up`,
  },
];
