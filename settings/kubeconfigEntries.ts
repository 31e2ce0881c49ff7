import { parseDocument } from "yaml";
import * as z from "zod";

import { UnusableKubeconfig } from "./kubeconfigProblem";

// Lists of entries, of which only those in use are looked into.
const kubeconfigSchema = z.looseObject({
  kind: z.literal("Config").optional(),
  "current-context": z.string().nullish(),
  contexts: z.array(z.unknown()),
  clusters: z.array(z.unknown()),
  users: z.array(z.unknown()),
});

const contextSchema = z.looseObject({ cluster: z.string(), user: z.string() });

const text = z.string().nullish();
/** Base64 as Go takes it: with line ends in it. */
const base64 = z
  .string()
  .transform((lines) => lines.replace(/\s/g, ""))
  .pipe(z.base64())
  .nullish();

const clusterSchema = z.looseObject({
  server: z.url({ protocol: /^https$/ }),
  "certificate-authority": text,
  "certificate-authority-data": base64,
  "proxy-url": text,
});

const userSchema = z.looseObject({
  "client-certificate": text,
  "client-certificate-data": base64,
  "client-key": text,
  "client-key-data": base64,
  tokenFile: text,
});

/** The entries of a kubeconfig that a context uses. */
export interface KubeconfigEntries {
  cluster: z.output<typeof clusterSchema>;
  user: z.output<typeof userSchema>;
}

/**
 * Reads a kubeconfig's cluster and user of a context.
 *
 * @param contextName - Context; without it, the kubeconfig's current one.
 * @throws UnusableKubeconfig where they cannot be read. Never quotes the text: it is a secret.
 */
export function entriesOf(contents: string, contextName: string | undefined): KubeconfigEntries {
  const kubeconfig = check(kubeconfigSchema, documentOf(contents), []);
  const wanted = contextName ?? kubeconfig["current-context"] ?? "";
  const context = pick("context", kubeconfig.contexts, wanted, contextSchema);
  if (context === undefined) throw unknownContext(wanted, kubeconfig.contexts);
  return {
    cluster:
      pick("cluster", kubeconfig.clusters, context.cluster, clusterSchema) ??
      dangling("cluster", context.cluster),
    user:
      pick("user", kubeconfig.users, context.user, userSchema) ?? dangling("user", context.user),
  };
}

function documentOf(contents: string): unknown {
  const document = parseDocument(contents, { prettyErrors: false });
  const [error] = document.errors;
  if (error === undefined) return document.toJS();
  const lineNumber = String(contents.slice(0, error.pos[0]).split("\n").length);
  return unusable(`text that is no YAML (${error.code} in line ${lineNumber})`);
}

function check<T>(schema: z.ZodType<T>, value: unknown, path: string[]): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const places = result.error.issues.map(
    (issue) => [...path, ...issue.path.map(String)].join(".") || "the whole",
  );
  return unusable(
    `YAML that is no kubeconfig (wrong or missing: ${[...new Set(places)].join(", ")})`,
  );
}

/** What a list has under a name; undefined where it has no such entry. */
function pick<T>(
  kind: "context" | "cluster" | "user",
  list: unknown[],
  name: string,
  schema: z.ZodType<T>,
): T | undefined {
  const index = list.findIndex((entry) => nameOf(entry) === name);
  if (index === -1) return undefined;
  return check(schema, (list[index] as Record<string, unknown>)[kind], [
    `${kind}s`,
    String(index),
    kind,
  ]);
}

function nameOf(entry: unknown): unknown {
  return typeof entry === "object" && entry !== null && "name" in entry ? entry.name : undefined;
}

function unknownContext(wanted: string, contexts: unknown[]): UnusableKubeconfig {
  const names = contexts.map(nameOf).filter((name) => typeof name === "string");
  return new UnusableKubeconfig({
    given:
      wanted === ""
        ? "nothing, and the kubeconfig has no current context"
        : `"${wanted}", which the kubeconfig does not have`,
    allowed: `one of the kubeconfig's contexts: ${names.join(", ")}`,
    context: names[0] ?? "home",
  });
}

function dangling(kind: string, name: string): never {
  throw new UnusableKubeconfig({
    given: `a kubeconfig whose context names the ${kind} "${name}", which is not in it`,
    allowed: "a kubeconfig with the cluster and the user of its context",
  });
}

function unusable(given: string): never {
  throw new UnusableKubeconfig({ given, allowed: "the contents of a kubeconfig" });
}
