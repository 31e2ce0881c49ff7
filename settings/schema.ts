import * as z from "zod";

import { appSchema } from "./appSchema";
import { choice, secret } from "./fields";
import { homeSchema } from "./homeSchema";
import { liveSchema } from "./liveSchema";
import { monitoringSchema } from "./monitoringSchema";

/** Everything under `k8s-test:` in a stack's config. */
export const configSchema = z.strictObject({
  platform: choice("Kind of cluster: k3s at home, or EKS.", ["home", "live"]).default("home"),
  app: appSchema,
  home: homeSchema.optional(),
  live: liveSchema.optional(),
  monitoring: monitoringSchema,
  kubeconfig: secret(
    "Kubeconfig of the cluster at home.",
    "the contents of a kubeconfig",
  ).optional(),
  dnsToken: secret(
    "Cloudflare API token, Route 53 secret access key or TSIG key of the DNS-01 challenge.",
    "a token limited to the one zone",
  ).optional(),
  tailscaleOauthSecret: secret(
    "Secret of the Tailscale OAuth client in live.tailnet.oauthClientId.",
    "the secret that was shown when the client was made",
  ).optional(),
  grafanaPassword: secret(
    "Password of Grafana's user admin, where monitoring.prometheus is install.",
    "a password, as long as you like",
  ).optional(),
});

/** Keys that are given encrypted: each a key of its own, so that the engine can tell. */
export const SECRET_KEYS = [
  "kubeconfig",
  "dnsToken",
  "tailscaleOauthSecret",
  "grafanaPassword",
] as const;

export type Config = z.output<typeof configSchema>;
export type AppConfig = Config["app"];
export type HomeConfig = NonNullable<Config["home"]>;
export type LiveConfig = NonNullable<Config["live"]>;
