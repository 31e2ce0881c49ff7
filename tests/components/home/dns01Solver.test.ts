import { strict as assert } from "node:assert";

import { dns01Solver } from "../../../components/home/dns01Solver";

const token = { name: "dns-token", key: "token" };
const zone = "example.com";

describe("dns01Solver", () => {
  it("answers for the one zone and no other", () => {
    const { selector } = dns01Solver({ provider: "cloudflare", zone }, token);
    assert.deepEqual(selector, { dnsZones: ["example.com"] });
  });

  it("uses a Cloudflare API token", () => {
    const { dns01 } = dns01Solver({ provider: "cloudflare", zone }, token);
    assert.deepEqual(dns01, { cloudflare: { apiTokenSecretRef: token } });
  });

  it("uses an access key of Route 53, in one hosted zone", () => {
    const route53 = { region: "eu-central-1", hostedZoneId: "Z1", accessKeyId: "AKIA1" };
    const { dns01 } = dns01Solver({ provider: "route53", zone, route53 }, token);
    assert.deepEqual(dns01, {
      route53: {
        region: "eu-central-1",
        hostedZoneID: "Z1",
        accessKeyID: "AKIA1",
        secretAccessKeySecretRef: token,
      },
    });
  });

  it("uses a TSIG key with a server that takes updates by RFC 2136, with SHA-256 by default", () => {
    const rfc2136 = { nameserver: "192.0.2.53:53", tsigKeyName: "cert-manager" };
    const solve = (tsigAlgorithm?: string): unknown =>
      dns01Solver(
        {
          provider: "rfc2136",
          zone,
          rfc2136: { ...rfc2136, ...(tsigAlgorithm !== undefined && { tsigAlgorithm }) },
        },
        token,
      )["dns01"];
    assert.deepEqual(solve(), {
      rfc2136: { ...rfc2136, tsigAlgorithm: "HMACSHA256", tsigSecretSecretRef: token },
    });
    assert.deepEqual(solve("HMACSHA512"), {
      rfc2136: { ...rfc2136, tsigAlgorithm: "HMACSHA512", tsigSecretSecretRef: token },
    });
  });

  it("refuses a provider whose own settings are missing", () => {
    assert.throws(() => dns01Solver({ provider: "route53", zone }, token), {
      message: 'DNS provider "route53" needs the settings under "route53".',
    });
    assert.throws(() => dns01Solver({ provider: "rfc2136", zone }, token), {
      message: 'DNS provider "rfc2136" needs the settings under "rfc2136".',
    });
  });
});
