import { isObject, type JsonObject } from "../skeleton/json";

/** What the program says of a Kubernetes provider, as far as it is used here. */
export interface Settings {
  /** Contents of a kubeconfig, or its path. @default KUBECONFIG, then ~/.kube/config */
  kubeconfig?: string;
  /** @default the kubeconfig's current one */
  context?: string;
  /** Cluster of the kubeconfig, in place of the context's. */
  cluster?: string;
  /** Namespace of objects that name none. @default the context's, then "default" */
  namespace?: string;
  /** Drop from the state what is deleted while the cluster cannot be reached. */
  deleteUnreachable: boolean;
  /** Leave as it is what is updated or refreshed while the cluster cannot be reached. */
  skipUpdateUnreachable: boolean;
  /** Take over an object that exists already, in place of an error. */
  upsertExistingObjects: boolean;
  /** Change the data of a ConfigMap or a Secret in place, in place of making it anew. */
  enableConfigMapMutable: boolean;
  enableSecretMutable: boolean;
  /** What of the given settings has no effect here. */
  ignored: string[];
}

const TEXTS = ["kubeconfig", "context", "cluster", "namespace"] as const;
const FLAGS = [
  "deleteUnreachable",
  "skipUpdateUnreachable",
  "upsertExistingObjects",
  "enableConfigMapMutable",
  "enableSecretMutable",
] as const;

/** Settings that ask for nothing that is not done anyway, or that only silence messages. */
const HARMLESS = [
  "clusterIdentifier",
  "suppressDeprecationWarnings",
  "suppressHelmHookWarnings",
  "version",
  "pluginDownloadURL",
];

/**
 * Reads a provider's inputs. Flags come as JSON texts, and where the program gives none, from the
 * same variables of the environment as the official provider's (`PULUMI_K8S_DELETE_UNREACHABLE`).
 */
export function readSettings(
  given: JsonObject,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const texts = TEXTS.flatMap((key) => {
    const value = given[key];
    if (isObject(value)) return [[key, JSON.stringify(value)] as const];
    return typeof value === "string" && value !== "" ? [[key, value] as const] : [];
  });
  const flag = (key: string): boolean => {
    const variable = `PULUMI_K8S_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    return isTrue(given[key]) || (given[key] === undefined && isTrue(environment[variable]));
  };
  const known = new Set<string>([...TEXTS, ...FLAGS, ...HARMLESS]);
  const ignored = Object.entries(given).flatMap(([key, value]) => {
    // Server-side apply is what is done: only `false` asks for something else.
    if (key === "enableServerSideApply") return isFalse(value) ? [`${key}: false`] : [];
    return known.has(key) || isFalse(value) || value === "{}" ? [] : [key];
  });
  return {
    ...(Object.fromEntries(texts) as Partial<Record<(typeof TEXTS)[number], string>>),
    ...(Object.fromEntries(FLAGS.map((key) => [key, flag(key)])) as Record<
      (typeof FLAGS)[number],
      boolean
    >),
    ignored,
  };
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true" || value === "1";
}

function isFalse(value: unknown): boolean {
  return value === false || value === "false";
}
