import { strict as assert } from "node:assert";

import {
  isMeant,
  issuerTrouble,
  requestTrouble,
  troubleOf,
} from "../../../../components/home/certificate/certificateTrouble";
import { certificateSchema } from "../../../../components/home/certificate/objects";
import type { Trouble } from "../../../../components/home/certificate/trouble";
import {
  certificate,
  challenge,
  condition,
  issuer,
  objectsOf,
  ON_ITS_WAY,
  order,
  PLACE,
  request,
  type Cluster,
} from "../../../support/certManager";

const troubleIn = (cluster: Cluster, place = PLACE): Trouble =>
  troubleOf(objectsOf({ ...ON_ITS_WAY, ...cluster }), place);

const THEIRS = { ...PLACE, ownsIssuer: false };

describe("troubleOf", () => {
  it("is first of all an issuer that is not there", () => {
    const gone = { issuer: undefined, certificate: undefined };
    assert.deepEqual(troubleIn(gone), {
      is: "there is no ClusterIssuer letsencrypt-staging",
      mend: "somebody has deleted it: pulumi refresh, then pulumi up",
      look: "kubectl get clusterissuers",
    });
    const { mend } = troubleIn(gone, THEIRS);
    assert.equal(mend, "pulumi config set --path home.clusterIssuer NAME");
  });

  it("does not take an issuer for gone that it may not see", () => {
    const { is } = troubleIn({ issuer: undefined, hidden: ["clusterissuers"] });
    assert.equal(is, "the certificate is being asked for");
  });

  it("is then what an issuer says that is not ready", () => {
    const message =
      'Failed to register ACME account: Get "https://acme.test/dir": tls: failed to verify certificate: x509: certificate signed by unknown authority';
    const ready = condition("Ready", "False", "ErrRegisterACMEAccount", message);
    assert.deepEqual(troubleIn({ issuer: issuer(ready) }), {
      is: "cert-manager does not trust the ACME server's own certificate",
      seen: `ClusterIssuer letsencrypt-staging: ${message}`,
      mend: "give the CA that signed it: pulumi config set --path home.acme.caBundle < ca.pem",
      look: "kubectl describe clusterissuer letsencrypt-staging",
    });
  });

  it("waits for cert-manager to look at an issuer that has just been made, or changed", () => {
    for (const ready of [
      { ...condition("Ready", "True"), observedGeneration: 0 },
      condition("Other", "True"),
    ]) {
      const trouble = troubleIn({ issuer: issuer(ready) });
      assert.match(trouble.is, /^cert-manager has not looked at the ClusterIssuer/);
      assert.equal(trouble.mend, "kubectl --namespace cert-manager get pods");
      assert.equal(trouble.isUsual, true);
    }
  });

  it("is then a Certificate that nobody makes", () => {
    const trouble = troubleIn({ certificate: undefined });
    assert.deepEqual(trouble, {
      is: "cert-manager has made no Certificate httpbin-tls of the Ingress: its controller does not run, or does not watch Ingresses",
      mend: "kubectl --namespace cert-manager get pods",
      look: "kubectl --namespace web describe ingress httpbin",
      isUsual: true,
    });
  });

  it("is then a Certificate that is still of another issuer, or for another host", () => {
    const old = { issuerRef: { name: "letsencrypt-production" } };
    const { is, seen } = troubleIn({ certificate: certificate({}, old) });
    assert.match(is, /^cert-manager has not taken the Ingress' change into its Certificate/);
    assert.equal(
      seen,
      "Certificate httpbin-tls: of letsencrypt-production, for httpbin.example.com; it should be of letsencrypt-staging, for httpbin.example.com",
    );
    const other = certificate({}, { dnsNames: ["other.example.com"] });
    assert.equal(troubleIn({ certificate: other }).is, is);
  });

  it("is then what keeps the order", () => {
    const reason = "Failed to create Order: 400 urn:ietf:params:acme:error:accountDoesNotExist: no";
    const { is } = troubleIn({ order: order({ state: "errored", reason }) });
    assert.equal(is, "the ACME server does not know the account of the issuer");
    const failing = [challenge({ reason: "DNS update failed: dns: bad authentication" })];
    assert.match(troubleIn({ challenges: failing }).is, /TSIG key/);
  });
});

describe("requestTrouble", () => {
  const inRequest = (cluster: Cluster, place = PLACE): Trouble =>
    requestTrouble(objectsOf({ ...ON_ITS_WAY, order: undefined, ...cluster }), place);

  it("is a request that is not there yet", () => {
    const trouble = inRequest({ request: undefined });
    assert.equal(trouble.is, "cert-manager has not begun to ask for the certificate");
    assert.equal(trouble.look, "kubectl --namespace web describe certificate httpbin-tls");
    assert.equal(trouble.isUsual, true);
  });

  it("is an issuer that the request does not find", () => {
    const message =
      'Referenced "ClusterIssuer" not found: clusterissuer.cert-manager.io "letsencrypt-staging" not found';
    const { is } = inRequest({ request: request("Pending", message), hidden: ["clusterissuers"] });
    assert.equal(is, "there is no ClusterIssuer letsencrypt-staging");
  });

  it("is who refuses the request", () => {
    for (const type of ["Denied", "InvalidRequest"]) {
      const refusal = { type, status: "True", reason: "policy", message: "not this host" };
      const trouble = inRequest({ request: request("Denied", "", refusal) });
      assert.equal(trouble.is, "cert-manager, or a policy of the cluster, refuses the request");
      assert.equal(trouble.seen, "CertificateRequest httpbin-tls-1: not this host");
    }
  });

  it("is that nobody approves it", () => {
    const { metadata } = request("Pending", "");
    const { is } = inRequest({ request: { metadata } });
    assert.equal(is, "nobody has approved the request: cert-manager's approver does not run");
  });

  it("is the word of a request that has failed without an order", () => {
    const { is, seen } = inRequest({ request: request("Failed", "Failed to build order: moon") });
    assert.equal(is, "cert-manager says why");
    assert.equal(seen, "CertificateRequest httpbin-tls-1: Failed to build order: moon");
  });

  it("is else nothing but that it is on its way", () => {
    const trouble = inRequest({});
    assert.equal(trouble.is, "the certificate is being asked for");
    assert.match(trouble.seen ?? "", /^CertificateRequest httpbin-tls-1: Waiting on certificate/);
    assert.equal(trouble.mend, undefined);
    assert.equal(trouble.isUsual, true);
  });

  it("says what the user may not see, where that may be why there is no more to say", () => {
    const { mend } = inRequest({ hidden: ["orders", "challenges"] });
    assert.equal(mend, "to be told more, let the kubeconfig's user list: orders, challenges");
  });
});

describe("issuerTrouble", () => {
  it("is none of an issuer that is ready", () => {
    assert.equal(issuerTrouble(objectsOf(ON_ITS_WAY), PLACE), undefined);
  });
});

describe("isMeant", () => {
  it("tells the Certificate for the host and of the issuer from others", () => {
    const isOf = (spec: object): boolean =>
      isMeant(certificateSchema.parse(certificate({}, spec as Record<string, unknown>)), PLACE);
    assert.equal(isOf({}), true);
    assert.equal(isOf({ issuerRef: { name: "other" } }), false);
    assert.equal(isOf({ dnsNames: [] }), false);
  });
});
