import type { Edge } from "../cluster/edge/edge";
import { APP_HOST } from "../cluster/edge/zone";

/** A stack's config, by full key such as `k8s-test:app`. */
export type StackConfig = Readonly<Record<string, unknown>>;

/** A cluster on which a stack is tried. */
export interface Target {
  /** Path of the kubeconfig that leads to it, by its current context. */
  kubeconfigPath: string;
  /** Image that is on its node. @default the stack's own, which is pulled */
  image?: string;
  /** What serves the stack's Ingress and issues its certificate. @default Traefik is simulated */
  edge?: Edge;
  /** URL of Prometheus, where KEDA and Prometheus run. @default the app scales as its stack says */
  prometheusUrl?: string;
  /** Id of the program's OAuth client on a tailnet of real programs. @default the tailnet is simulated */
  oauthClientId?: string;
}

/** One value that the sandbox puts in place of the stack's own. */
export interface OverlayChange {
  /** Key below `k8s-test:`. */
  key: string;
  /** The value that is used; undefined where the key is left out. */
  value?: Value;
  because: string;
}

/** The ClusterIssuer that the stack is told of. Nobody issues anything by it. */
export const SANDBOX_ISSUER = "sandbox";

const PROJECT = "k8s-test";

/** A value of a config that is no section. */
type Value = string | number | boolean;

/** A key, the value that it gets (undefined leaves the key out), and why. */
export type Difference = readonly [key: string, value: Value | undefined, because: string];

/** A config with some differences in it, and those of them that changed something. */
export interface Overlaid {
  config: StackConfig;
  changes: OverlayChange[];
}

/** What must differ on a cluster of the sandbox. */
function differences(target: Target): Difference[] {
  const { kubeconfigPath, image, edge, prometheusUrl } = target;
  const cluster = "the cluster is another";
  const secret = "it is encrypted for you alone, and not needed";
  return [
    ["app.host", APP_HOST, "a name of the sandbox's own"],
    ...(image === undefined ? [] : [["app.image", image, "built on this machine"] as const]),
    ["home.kubeconfigPath", kubeconfigPath, cluster],
    ["home.context", undefined, cluster],
    ...(edge === undefined ? noIssuer() : issuerOf(edge)),
    ...(prometheusUrl === undefined ? [] : watchedBy(prometheusUrl)),
    ["kubeconfig", undefined, secret],
    ["dnsToken", undefined, edge === undefined ? secret : "that of the sandbox's own DNS is set"],
  ];
}

/** Where Traefik is simulated, the stack is told of an issuer that is not there. */
function noIssuer(): Difference[] {
  const because = "no certificate is issued";
  return [
    ["home.acme", undefined, because],
    ["home.dns", undefined, because],
    ["home.certManager", undefined, because],
    ["home.clusterIssuer", SANDBOX_ISSUER, because],
    ["home.certificateWaitSeconds", 0, because],
  ];
}

/** With an edge, the stack makes its own issuer, at the edge's ACME server and in the edge's zone. */
function issuerOf({ acme, zone, rfc2136 }: Edge): Difference[] {
  const server = "the sandbox's own ACME server";
  const dns = "the sandbox's own DNS";
  const process = "it runs already, as a process of the node";
  return [
    ["home.clusterIssuer", undefined, "the stack makes its own"],
    ["home.acme.server", acme.directory, server],
    ["home.acme.email", `sandbox@${zone}`, server],
    ["home.acme.caBundle", acme.caBundle, server],
    ["home.dns.provider", "rfc2136", dns],
    ["home.dns.zone", zone, dns],
    ["home.dns.route53", undefined, dns],
    ["home.dns.rfc2136.nameserver", rfc2136.nameserver, dns],
    ["home.dns.rfc2136.tsigKeyName", rfc2136.tsigKeyName, dns],
    ["home.dns.rfc2136.tsigAlgorithm", rfc2136.tsigAlgorithm, dns],
    ["home.certManager.install", false, process],
    ["home.certManager.namespace", undefined, process],
    ["home.certManager.recursiveNameservers", undefined, process],
  ];
}

/** Requests per second and pod that are aimed at where KEDA runs. */
export const SANDBOX_REQUESTS_TARGET = 10;

/** With KEDA and Prometheus the app scales on requests per second, and installs neither. */
function watchedBy(url: string): Difference[] {
  const process = "it runs already, as a process of the node";
  const installed = "nothing of it is installed";
  return [
    [
      "app.autoscaling.requestsPerSecond.target",
      SANDBOX_REQUESTS_TARGET,
      "low, so that requests scale it before cpu does",
    ],
    ["monitoring.keda", "existing", process],
    ["monitoring.prometheus", "existing", process],
    ["monitoring.prometheusUrl", url, "where it is on the node"],
    ...["kedaNamespace", "namespace", "release"].map((key): Difference => [
      `monitoring.${key}`,
      undefined,
      "that of the process",
    ]),
    ...["retentionDays", "storageGiB", "storageClass", "grafana", "grafanaHost"].map(
      (key): Difference => [`monitoring.${key}`, undefined, installed],
    ),
    ["grafanaPassword", undefined, installed],
  ];
}

/**
 * The config of the stack `home` with what must differ on a cluster of the sandbox: the way to the
 * cluster, the host, and who issues certificates. Everything else stays the stack's own.
 */
export function overlayHome(config: StackConfig, target: Target): Overlaid {
  return overlay(config, differences(target));
}

/** Puts differences into a config. */
export function overlay(config: StackConfig, wanted: readonly Difference[]): Overlaid {
  let overlaid = config;
  const changes: OverlayChange[] = [];
  for (const [key, value, because] of wanted) {
    const next = withValue(overlaid, `${PROJECT}:${key}`.split("."), value);
    if (next === overlaid) continue;
    overlaid = next;
    changes.push({ key, ...(value !== undefined && { value }), because });
  }
  return { config: overlaid, changes };
}

/** Whether a config says something of a key. */
export function says(config: StackConfig, key: string): boolean {
  const inside = (value: unknown, part: string): unknown =>
    typeof value === "object" && value !== null ? (value as StackConfig)[part] : undefined;
  return `${PROJECT}:${key}`.split(".").reduce<unknown>(inside, config) !== undefined;
}

/** A map with one value set at a path, or left out; the same map where that changes nothing. */
function withValue(
  map: Readonly<Record<string, unknown>>,
  [key = "", ...rest]: string[],
  value: Value | undefined,
): Readonly<Record<string, unknown>> {
  const { [key]: old, ...others } = map;
  if (rest.length > 0) {
    const inner = typeof old === "object" && old !== null ? (old as StackConfig) : {};
    const next = withValue(inner, rest, value);
    return next === inner ? map : { ...map, [key]: next };
  }
  if (value === undefined) return key in map ? others : map;
  return old === value ? map : { ...map, [key]: value };
}

/** The overlay for a person to read. */
export function overlayReport(stack: string, changes: readonly OverlayChange[]): string {
  const width = Math.max(...changes.map(({ key }) => key.length));
  const lines = changes.map(
    ({ key, value, because }) => `  ${key.padEnd(width)}  ${inOneLine(value)}: ${because}`,
  );
  return [`In place of what Pulumi.${stack}.yaml says:`, ...lines].join("\n");
}

/** A value for a person to read; of a certificate, that it is one. */
function inOneLine(value: Value | undefined): string {
  if (value === undefined) return "(left out)";
  const text = String(value);
  return text.startsWith("-----BEGIN CERTIFICATE-----") ? "(a certificate)" : text;
}
