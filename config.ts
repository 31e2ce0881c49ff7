import * as pulumi from "@pulumi/pulumi";
import { isConfigSecret } from "@pulumi/pulumi/runtime/config";

import type { HttpbinAppArgs } from "./components/httpbin/httpbinApp";
import type { HomePlatformArgs } from "./components/home/homePlatform";
import type { LivePlatformArgs } from "./components/live/livePlatformArgs";
import type { RawConfig } from "./settings/issues";
import {
  inspectSource,
  kubeconfigSource,
  type KubeconfigSource,
} from "./settings/kubeconfigSource";
import { isSecretKey, menderFor } from "./settings/mend";
import { monitoringArgs, prometheusUrl } from "./settings/monitoringArgs";
import { ConfigError } from "./settings/problem";
import { concernsHome } from "./settings/rules";
import type { Config } from "./settings/schema";
import { validate } from "./settings/validate";

declare module "@pulumi/pulumi/runtime/config" {
  /** Whether the engine had to decrypt (a part of) a key's value. There, but left out of the types. */
  export function isConfigSecret(key: string): boolean;
}

/** Name of the app, and of everything that it is made of. */
export const APP_NAME = "httpbin";

/** Settings of the app, the same on every platform. */
export type AppSettings = Omit<HttpbinAppArgs, "ingress" | "requestsTrigger">;

/** Settings of a stack on a k3s cluster at home. */
export interface HomeSettings {
  platform: "home";
  app: AppSettings;
  home: HomePlatformArgs;
}

/** Settings of a stack on an EKS cluster. */
export interface LiveSettings {
  platform: "live";
  app: AppSettings;
  live: LivePlatformArgs;
}

/**
 * Reads the stack's config, the only place that does. Secrets stay Outputs.
 *
 * @throws ConfigError with everything that is wrong, before any resource is made.
 */
export async function loadSettings(): Promise<HomeSettings | LiveSettings> {
  const stack = pulumi.getStack();
  const mender = menderFor(stack);
  const raw = readRaw(pulumi.getProject());
  const { config, problems } = validate(raw, mender);
  const source = concernsHome(raw.values) ? kubeconfigSource(raw.values) : undefined;
  const wrong = new Set(problems.map(({ key }) => key));
  const where = ["home", "home.context", source?.key ?? ""];
  if (source !== undefined && !where.some((key) => wrong.has(key))) {
    const report = await inspectSource(source, mender);
    problems.push(...report.problems);
    for (const warning of report.warnings) await pulumi.log.warn(warning);
  }
  if (config === undefined || problems.length > 0) throw new ConfigError(stack, problems);
  return config.platform === "home"
    ? { platform: "home", app: config.app, home: homeSettings(config, source) }
    : { platform: "live", app: config.app, live: liveSettings(config) };
}

/** Everything under the project's name. */
function readRaw(project: string): RawConfig {
  const prefix = `${project}:`;
  // The project's defaults, which stand for "not given", come as an empty map or an empty text.
  const keys = Object.entries(pulumi.runtime.allConfig())
    .filter(([key, text]) => key.startsWith(prefix) && !["", "{}", "null"].includes(text))
    .map(([key]) => key);
  const short = (key: string): string => key.slice(prefix.length);
  return {
    values: Object.fromEntries(keys.map((key) => [short(key), valueOf(short(key), key)])),
    encrypted: new Set(keys.filter((key) => isConfigSecret(key)).map(short)),
  };
}

/** The engine hands over a map as JSON, and all else as the text that it is. Null is not given. */
function valueOf(name: string, key: string): unknown {
  const text = pulumi.runtime.getConfig(key);
  if (isSecretKey(name) || !text?.startsWith("{")) return text;
  try {
    return JSON.parse(text, (_key, value: unknown) => value ?? undefined) as unknown;
  } catch {
    return text;
  }
}

function homeSettings(config: Config, source: KubeconfigSource | undefined): HomePlatformArgs {
  const { certManager, clusterIssuer, acme, dns, ...home } = present(config.home);
  const secrets = new pulumi.Config();
  const url = prometheusUrl(config);
  return {
    kubeconfig: source?.path ?? secrets.requireSecret("kubeconfig"),
    ...(home.context !== undefined && { context: home.context }),
    clusterIdentifier: home.clusterIdentifier,
    traefik: home.traefik,
    certificateWaitSeconds: home.certificateWaitSeconds,
    certManagerNamespace: certManager.namespace,
    ...monitoringOf(config),
    ...(url !== undefined && { prometheusUrl: url }),
    ...(clusterIssuer === undefined
      ? {
          ...(certManager.install && { certManager }),
          issuer: {
            acme: present(acme),
            dns: present(dns),
            dnsToken: secrets.requireSecret("dnsToken"),
            certManagerNamespace: certManager.namespace,
          },
        }
      : { clusterIssuer }),
  };
}

function liveSettings(config: Config): LivePlatformArgs {
  const tailscaleOauthSecret = new pulumi.Config().requireSecret("tailscaleOauthSecret");
  return {
    ...present(config.live),
    host: config.app.host,
    tailscaleOauthSecret,
    ...monitoringOf(config),
  };
}

/** KEDA and Prometheus, where one of them is not off. */
function monitoringOf(config: Config): Pick<HomePlatformArgs, "monitoring"> {
  const secret = (): pulumi.Output<string> => new pulumi.Config().requireSecret("grafanaPassword");
  const monitoring = monitoringArgs(APP_NAME, config, secret);
  return monitoring === undefined ? {} : { monitoring };
}

/** A section that the checks have found to be there. */
function present<T>(section: T | undefined): T {
  if (section === undefined) throw new Error("A section passed the checks without being there.");
  return section;
}
