import { strict as assert } from "node:assert";

import type { V1Ingress } from "@kubernetes/client-node";

import { urlsOf } from "../../../load/preflight/ingressUrl";

function ingress(host: string | undefined, service: string, tlsHosts: string[]): V1Ingress {
  const path = { path: "/", pathType: "Prefix", backend: { service: { name: service } } };
  return {
    spec: {
      tls: [{ hosts: tlsHosts }],
      rules: [{ ...(host !== undefined && { host }), http: { paths: [path] } }],
    },
  };
}

describe("urlsOf", () => {
  it("gives the host whose requests go to the Service, by https where the Ingress has TLS", () => {
    assert.deepEqual(urlsOf(ingress("a.example", "httpbin", ["a.example"]), "httpbin"), [
      "https://a.example",
    ]);
    assert.deepEqual(urlsOf(ingress("a.example", "httpbin", ["b.example"]), "httpbin"), [
      "http://a.example",
    ]);
  });

  it("gives none of another Service, or without a host", () => {
    assert.deepEqual(urlsOf(ingress("a.example", "other", []), "httpbin"), []);
    assert.deepEqual(urlsOf(ingress(undefined, "httpbin", []), "httpbin"), []);
    assert.deepEqual(urlsOf({}, "httpbin"), []);
  });
});
