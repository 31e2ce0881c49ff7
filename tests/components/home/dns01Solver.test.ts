import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { dns01Solver } from "../../../components/home/dns01Solver";

const token = { name: "dns-token", key: "token" };
const zone = "example.com";
import { outcome } from "../../support/iam";

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

describe("the policy in docs/home-cluster.md", () => {
  const CHANGE = "route53:ChangeResourceRecordSets";
  const ZONE = "arn:aws:route53:::hostedzone/ZONE-ID";

  /** What IAM says to a change of a record by a user with the policy. */
  async function change(type: string, name: string, resource = ZONE): Promise<string> {
    const docs = await readFile(join(__dirname, "../../../docs/home-cluster.md"), "utf8");
    const policy = JSON.parse(/```json\n([^]*?)```/.exec(docs)?.[1] ?? "") as object;
    const context = {
      [`${CHANGE}RecordTypes`]: [type],
      [`${CHANGE}NormalizedRecordNames`]: [name],
    };
    return outcome([policy], { action: CHANGE, resource, context });
  }

  it("lets the challenge's record be changed, and no other", async () => {
    const name = "_acme-challenge.httpbin.example.com";
    assert.equal(await change("TXT", name), "Allowed");
    assert.equal(await change("A", name), "ImplicitlyDenied");
    assert.equal(await change("TXT", "httpbin.example.com"), "ImplicitlyDenied");
    assert.equal(await change("TXT", name, `${ZONE}2`), "ImplicitlyDenied");
  });
});
