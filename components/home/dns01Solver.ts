/** How to prove to an ACME server that a DNS zone is ours. */
export interface Dns01Args {
  /** Who serves the zone. */
  provider: Dns01Provider;
  /** The one zone in which records may be written, such as `example.com`. */
  zone: string;
  /** Needed by provider `route53`. */
  route53?: Route53Args;
  /** Needed by provider `rfc2136`. */
  rfc2136?: Rfc2136Args;
}

export const DNS01_PROVIDERS = ["cloudflare", "route53", "rfc2136"] as const;
export type Dns01Provider = (typeof DNS01_PROVIDERS)[number];

export interface Route53Args {
  /** AWS region of the API, such as `eu-central-1`. */
  region: string;
  /** Id of the hosted zone: the only one that is written to. */
  hostedZoneId: string;
  /** Access key of an IAM user that may do nothing but change this zone's TXT records. */
  accessKeyId: string;
}

export interface Rfc2136Args {
  /** Authoritative server that takes updates: `host:port`. */
  nameserver: string;
  /** Name of the TSIG key. */
  tsigKeyName: string;
  /** Algorithm of the TSIG key. @default "HMACSHA256" */
  tsigAlgorithm?: string;
}

/** Key of a Secret, as cert-manager's API names it. */
export interface SecretKey {
  name: string;
  key: string;
}

/**
 * A solver of a cert-manager issuer (`ACMEChallengeSolver` in its API) that answers for one zone
 * and no other.
 *
 * @param token - The Secret that holds the token: a Cloudflare API token, a Route 53 secret access
 * key or a TSIG key.
 * @throws Error where the provider's own settings are missing.
 */
export function dns01Solver(args: Dns01Args, token: SecretKey): Record<string, unknown> {
  return { selector: { dnsZones: [args.zone] }, dns01: providerOf(args, token) };
}

function providerOf(args: Dns01Args, token: SecretKey): Record<string, unknown> {
  switch (args.provider) {
    case "cloudflare":
      return { cloudflare: { apiTokenSecretRef: token } };
    case "route53": {
      const { region, hostedZoneId, accessKeyId } = needed("route53", args.route53);
      return {
        route53: {
          region,
          hostedZoneID: hostedZoneId,
          accessKeyID: accessKeyId,
          secretAccessKeySecretRef: token,
        },
      };
    }
    case "rfc2136": {
      const { nameserver, tsigKeyName, tsigAlgorithm } = needed("rfc2136", args.rfc2136);
      return {
        rfc2136: {
          nameserver,
          tsigKeyName,
          tsigAlgorithm: tsigAlgorithm ?? "HMACSHA256",
          tsigSecretSecretRef: token,
        },
      };
    }
  }
}

function needed<T>(provider: Dns01Provider, settings: T | undefined): T {
  if (settings === undefined) {
    throw new Error(`DNS provider "${provider}" needs the settings under "${provider}".`);
  }
  return settings;
}
