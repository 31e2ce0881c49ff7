/** What a type token is about. */
export type TypeOf =
  | { is: "object"; apiVersion: string; kind: string }
  | { is: "release" }
  /** What is wrong with the type, and what to use instead. */
  | { is: "refused"; reason: string };

/** Reads a type token such as `kubernetes:core/v1:Secret`. */
export function typeOf(token: string): TypeOf {
  const [, group = "", kind = ""] = token.split(":");
  if (token === "kubernetes:helm.sh/v3:Release") return { is: "release" };
  if (group === "helm.sh/v4" || group.startsWith("yaml/") || group.startsWith("kustomize/")) {
    const instead = "Declare the objects themselves, or use helm.v3.Release with a local chart.";
    return refused(token, instead);
  }
  if (kind.endsWith("Patch")) {
    return refused(token, "Declare the whole object, or change the one that is there by kubectl.");
  }
  const apiVersion = group.replace(/^core\//, "");
  if (kind.endsWith("List") || !/^(?:[a-z0-9.-]+\/)?v\d\w*$/.test(apiVersion) || kind === "") {
    return refused(token, "Declare the objects one by one, by kinds that the cluster serves.");
  }
  return { is: "object", apiVersion, kind };
}

function refused(token: string, instead: string): TypeOf {
  return { is: "refused", reason: `The offline provider does not make ${token}. ${instead}` };
}
