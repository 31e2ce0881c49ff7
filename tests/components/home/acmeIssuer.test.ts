import { strict as assert } from "node:assert";

import { AcmeIssuer, acmeIssuerSpec, issuerNameOf } from "../../../components/home/acmeIssuer";
import { at, isSecret, only, runProgram, unwrap, type ProgramResult } from "../../support/program";

const ISSUER = "kubernetes:cert-manager.io/v1:ClusterIssuer";
const SECRET = "kubernetes:core/v1:Secret";

describe("AcmeIssuer", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runProgram(() => {
      const { issuerName } = new AcmeIssuer("issuer", {
        acme: { server: "staging", email: "me@example.com" },
        dns: { provider: "cloudflare", zone: "example.com" },
        dnsToken: "hunter2",
        certManagerNamespace: "cert-manager",
      });
      return Promise.resolve({ issuerName });
    });
  });

  it("makes a ClusterIssuer, and does not wait for it: that is the wait for the certificate's", () => {
    assert.deepEqual(at(only(result, ISSUER), "metadata"), { name: "letsencrypt-staging" });
    assert.equal(result.outputs["issuerName"], "letsencrypt-staging");
  });

  it("keeps the token in a Secret where cert-manager looks, and secret to the engine", () => {
    const secret = only(result, SECRET);
    assert.deepEqual(at(secret, "metadata"), {
      name: "letsencrypt-staging-dns-token",
      namespace: "cert-manager",
    });
    assert.ok(isSecret(secret.inputs["stringData"]));
    assert.deepEqual(unwrap(secret.inputs["stringData"]), { token: "hunter2" });
  });

  it("has the Secret before the issuer, which names it", () => {
    const issuer = only(result, ISSUER);
    assert.ok(issuer.dependencies.includes(only(result, SECRET).urn));
    assert.deepEqual(at(issuer, "spec.acme.solvers.0.dns01.cloudflare.apiTokenSecretRef"), {
      name: "letsencrypt-staging-dns-token",
      key: "token",
    });
  });

  it("registers the issuer's name", () => {
    const { outputs } = only(result, "k8s-test:home:AcmeIssuer");
    assert.deepEqual(outputs, { issuerName: "letsencrypt-staging" });
  });

  it("is the parent of both", () => {
    const { urn } = only(result, "k8s-test:home:AcmeIssuer");
    assert.equal(only(result, ISSUER).parent, urn);
    assert.equal(only(result, SECRET).parent, urn);
  });
});

describe("acmeIssuerSpec", () => {
  const email = "me@example.com";

  it("knows Let's Encrypt's staging and production, each with an account key of its own", () => {
    assert.deepEqual(acmeIssuerSpec("a", { server: "staging", email }, { solver: true }), {
      acme: {
        server: "https://acme-staging-v02.api.letsencrypt.org/directory",
        email,
        privateKeySecretRef: { name: "a-account-key" },
        solvers: [{ solver: true }],
      },
    });
    const { acme } = acmeIssuerSpec("b", { server: "production", email }, {});
    const { server, privateKeySecretRef } = acme as Record<string, unknown>;
    assert.equal(server, "https://acme-v02.api.letsencrypt.org/directory");
    assert.deepEqual(privateKeySecretRef, { name: "b-account-key" });
  });

  it("takes another ACME server by its directory, and its private CA", () => {
    const server = "https://acme.example.com/directory";
    const { acme } = acmeIssuerSpec("acme", { server, email, caBundle: "PEM" }, {});
    assert.equal((acme as Record<string, unknown>)["server"], server);
    assert.equal((acme as Record<string, unknown>)["caBundle"], "UEVN");
  });
});

describe("issuerNameOf", () => {
  it("tells the issuers of staging, of production and of each other server apart", () => {
    const servers = ["https://acme.example.com/a", "https://acme.example.com/b"];
    assert.deepEqual(["staging", "production", ...servers].map(issuerNameOf), [
      "letsencrypt-staging",
      "letsencrypt-production",
      "acme-7e5793e8",
      "acme-1c5d4650",
    ]);
  });
});
