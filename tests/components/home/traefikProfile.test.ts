import { strict as assert } from "node:assert";

import { traefikProfile } from "../../../components/home/traefikProfile";

describe("traefikProfile", () => {
  const profile = traefikProfile(
    { ingressClass: "traefik", namespace: "kube-system", clusterIssuer: "letsencrypt-staging" },
    "web",
    "httpbin",
  );

  it("asks cert-manager for a certificate by the ingress' annotation, into a TLS Secret", () => {
    assert.equal(profile.annotations["cert-manager.io/cluster-issuer"], "letsencrypt-staging");
    assert.equal(profile.usesTlsSecret, true);
  });

  it("sends http to https by a Middleware of the ingress' own, on both entry points", () => {
    assert.deepEqual(profile.companions, [
      {
        apiVersion: "traefik.io/v1alpha1",
        kind: "Middleware",
        name: "httpbin-redirect-https",
        spec: { redirectScheme: { scheme: "https", permanent: true } },
      },
    ]);
    assert.deepEqual(profile.annotations, {
      "cert-manager.io/cluster-issuer": "letsencrypt-staging",
      "traefik.ingress.kubernetes.io/router.entrypoints": "web,websecure",
      "traefik.ingress.kubernetes.io/router.middlewares":
        "web-httpbin-redirect-https@kubernetescrd",
    });
  });

  it("lets in Traefik's pods and nobody else of their namespace", () => {
    assert.deepEqual(profile.peers, [
      {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
        podSelector: { matchLabels: { "app.kubernetes.io/name": "traefik" } },
      },
    ]);
  });

  it("names the class, and gives Traefik 10 seconds to hear that a pod goes", () => {
    assert.equal(profile.className, "traefik");
    assert.equal(profile.drainSeconds, 10);
  });
});
