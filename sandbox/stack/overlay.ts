/** A stack's config, by full key such as `k8s-test:app`. */
export type StackConfig = Readonly<Record<string, unknown>>;

/** A cluster on which a stack is tried. */
export interface Target {
  /** Path of the kubeconfig that leads to it, by its current context. */
  kubeconfigPath: string;
  /** Image that is on its node. @default the stack's own, which is pulled */
  image?: string;
}

/** One value that the sandbox puts in place of the stack's own. */
export interface OverlayChange {
  /** Key below `k8s-test:`. */
  key: string;
  /** The value that is used; undefined where the key is left out. */
  value?: string | number;
  because: string;
}

/** Host under which the app would be reached; a name that no public DNS ever knows (RFC 6761). */
export const SANDBOX_HOST = "httpbin.home.test";

/** The ClusterIssuer that the stack is told of. Nobody issues anything by it. */
export const SANDBOX_ISSUER = "sandbox";

const PROJECT = "k8s-test";

/** A key, the value that it gets (undefined leaves the key out), and why. */
export type Difference = readonly [
  key: string,
  value: string | number | undefined,
  because: string,
];

/** A config with some differences in it, and those of them that changed something. */
export interface Overlaid {
  config: StackConfig;
  changes: OverlayChange[];
}

/** What must differ on a cluster of the sandbox. */
function differences(target: Target): Difference[] {
  const { kubeconfigPath, image } = target;
  const cluster = "the cluster is another";
  const issuer = "no certificate is issued";
  const secret = "it is encrypted for you alone, and not needed";
  return [
    ["app.host", SANDBOX_HOST, "a name of the sandbox's own"],
    ...(image === undefined ? [] : [["app.image", image, "built on this machine"] as const]),
    ["home.kubeconfigPath", kubeconfigPath, cluster],
    ["home.context", undefined, cluster],
    ["home.acme", undefined, issuer],
    ["home.dns", undefined, issuer],
    ["home.certManager", undefined, issuer],
    ["home.clusterIssuer", SANDBOX_ISSUER, issuer],
    ["home.certificateWaitSeconds", 0, issuer],
    ["kubeconfig", undefined, secret],
    ["dnsToken", undefined, secret],
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
  value: string | number | undefined,
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
    ({ key, value, because }) =>
      `  ${key.padEnd(width)}  ${String(value ?? "(left out)")}: ${because}`,
  );
  return [`In place of what Pulumi.${stack}.yaml says:`, ...lines].join("\n");
}
