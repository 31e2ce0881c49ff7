import { stringify } from "yaml";

import type { StackConfig } from "./registered";

/** A host name and an address that are kept for documentation. */
const HOST = "httpbin.example.com";
const KUBECONFIG = stringify({
  apiVersion: "v1",
  kind: "Config",
  "current-context": "home",
  clusters: [{ name: "home", cluster: { server: "https://192.0.2.10:6443" } }],
  contexts: [{ name: "home", context: { cluster: "home", user: "admin" } }],
  users: [{ name: "admin", user: { token: "none" } }],
});

/** Both stacks with made-up values where there is no default, and the defaults everywhere else. */
export const STACKS: Readonly<Record<"home" | "live", StackConfig>> = {
  home: {
    stack: "home",
    config: {
      "k8s-test:platform": "home",
      "k8s-test:app": { host: HOST },
      "k8s-test:home": { acme: { email: "you@your-domain.org" }, dns: { zone: "example.com" } },
    },
    secrets: { "k8s-test:dnsToken": "none", "k8s-test:kubeconfig": KUBECONFIG },
  },
  live: {
    stack: "live",
    config: {
      "k8s-test:platform": "live",
      "k8s-test:app": { host: HOST },
      "k8s-test:live": {
        region: "eu-central-1",
        accountId: "123456789012",
        tailnet: { oauthClientId: "kABC123CNTRL" },
        loadBalancer: { hostedZoneId: "Z2ABCDEFGHIJKL" },
      },
    },
    secrets: { "k8s-test:tailscaleOauthSecret": "none" },
  },
};
