import { DNS_LABEL } from "../dnsLabel";
import type { Problem } from "../problem";

/** What is wrong with the app's name. A Service's is the strictest of its objects' (RFC 1035). */
export function nameProblems(given: string): Problem[] {
  const allowed = "a lower-case DNS label: letters, digits and dashes, a letter first, at most 45";
  return /^[a-z](?:[a-z0-9-]{0,43}[a-z0-9])?$/.test(given) ? [] : [{ key: "name", given, allowed }];
}

/** The Secret that holds an app's certificate, where its ingress controller uses one. */
export function tlsSecretName(name: string): string {
  return `${name}-tls`;
}

/** Whether a namespace is one that every cluster has from the start, or keeps for itself. */
export function isReservedNamespace(name: string): boolean {
  return name === "default" || name.startsWith("kube-");
}

/** What is wrong with the app's namespace. */
export function namespaceProblems(name: string, createNamespace: boolean): Problem[] {
  const problem = (allowed: string): Problem[] => [
    { key: "namespace", given: name, allowed, suggestion: "httpbin" },
  ];
  if (!DNS_LABEL.test(name)) {
    return problem("a lower-case DNS label: letters, digits and dashes, at most 63");
  }
  return createNamespace && isReservedNamespace(name)
    ? problem("a namespace that can be made, as createNamespace is true; not default or kube-…")
    : [];
}
