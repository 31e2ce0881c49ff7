import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { inspectKubeconfig } from "./kubeconfig";
import type { FileReader } from "./kubeconfigFiles";
import { loopbackProblem } from "./loopback";
import type { Mender } from "./mend";
import type { ConfigProblem } from "./problem";

/** Where a stack's kubeconfig comes from. */
export interface KubeconfigSource {
  /** Config key that says so. */
  key: "kubeconfig" | "home.kubeconfigPath" | "home.context";
  /** Contents, where the key is `kubeconfig`. */
  contents?: string;
  /** Path of the file, with ~ expanded, where the key is another. */
  path?: string;
  /** Context to use. @default the kubeconfig's current one */
  context?: string;
}

/** The source that a config names; undefined where it names none or none that can be read. */
export function kubeconfigSource(values: {
  kubeconfig?: unknown;
  home?: unknown;
}): KubeconfigSource | undefined {
  const home = (typeof values.home === "object" ? values.home : null) ?? {};
  const { kubeconfigPath, context } = home as { kubeconfigPath?: unknown; context?: unknown };
  // A context that looks like a number has become one.
  const isContext = typeof context === "string" || typeof context === "number";
  const ofContext = isContext ? { context: String(context) } : {};
  if (typeof values.kubeconfig === "string") {
    return { key: "kubeconfig", contents: values.kubeconfig, ...ofContext };
  }
  if (typeof kubeconfigPath === "string") {
    return { key: "home.kubeconfigPath", path: expandHome(kubeconfigPath), ...ofContext };
  }
  return isContext
    ? { key: "home.context", path: expandHome("~/.kube/config"), ...ofContext }
    : undefined;
}

/** Looks at a kubeconfig before anything relies on it; contacts only what is on this machine. */
export async function inspectSource(
  { key, contents, path = "", context }: KubeconfigSource,
  mender: Mender,
): Promise<{ problems: ConfigProblem[]; warnings: string[] }> {
  const again =
    contents === undefined ? `copy the kubeconfig to ${path}` : mender.set("kubeconfig", "");
  const mend = (first?: string): string =>
    first === undefined ? again : `${first}, then: ${again}`;

  const text = contents ?? (await readText(path));
  if (text === undefined) {
    const given = `${path}, which cannot be read`;
    const elsewhere = mender.set("home.kubeconfigPath", "~/.kube/config");
    const allowed = "the path of a kubeconfig";
    const problem = { key, given, allowed, mend: `${again}, or: ${elsewhere}` };
    return { problems: [problem], warnings: [] };
  }
  const readFile = contents === undefined ? readerIn(dirname(path)) : undefined;
  const { problems, warnings, cluster } = await inspectKubeconfig(text, { context, readFile });
  const loopback = cluster && (await loopbackProblem(cluster));
  return {
    problems: [...problems, ...(loopback ? [loopback] : [])].map(
      ({ given, allowed, first, context: other }) =>
        other === undefined
          ? { key, given, allowed, mend: mend(first) }
          : { key: "home.context", given, allowed, mend: mender.set("home.context", other) },
    ),
    warnings: warnings.map(({ given, first }) => `${key}: ${given}. Mend it by: ${mend(first)}`),
  };
}

/** Reads files named from a folder, as a kubeconfig names them from its own. */
function readerIn(folder: string): FileReader {
  return (path) => readText(resolve(folder, path));
}

/** The contents of a file, or undefined where it cannot be read. */
async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}

function expandHome(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}
