import { stringify } from "yaml";

export interface KubeconfigOptions {
  /** @default "https://192.0.2.10:6443", an address kept for documentation */
  server?: string;
  /** PEM of the CA. @default none */
  ca?: string;
  /** PEM of the client certificate, to which a key is added. @default none: a token */
  clientCertificate?: string;
  /** Further fields of the cluster. @default none */
  clusterFields?: object;
  /** Fields of the user. @default the client certificate, or else a token */
  userFields?: object;
  /** @default "home" */
  currentContext?: string;
  /** Cluster that the context names. @default "home", which is there */
  cluster?: string;
  /** User that the context names. @default "admin", who is there */
  user?: string;
  /** Entries that no context in use names. @default none */
  unusedEntries?: { contexts?: unknown[]; clusters?: unknown[]; users?: unknown[] };
}

/** A kubeconfig with one context in use, `home`. */
export function kubeconfig(options: KubeconfigOptions = {}): string {
  const { ca, clientCertificate, unusedEntries = {} } = options;
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": options.currentContext ?? "home",
    contexts: [
      ...(unusedEntries.contexts ?? []),
      {
        name: "home",
        context: { cluster: options.cluster ?? "home", user: options.user ?? "admin" },
      },
    ],
    clusters: [
      ...(unusedEntries.clusters ?? []),
      {
        name: "home",
        cluster: {
          server: options.server ?? "https://192.0.2.10:6443",
          ...(ca !== undefined && { "certificate-authority-data": base64(ca) }),
          ...options.clusterFields,
        },
      },
    ],
    users: [
      ...(unusedEntries.users ?? []),
      {
        name: "admin",
        user:
          options.userFields ??
          (clientCertificate === undefined
            ? { token: "hunter2" }
            : {
                "client-certificate-data": base64(clientCertificate),
                "client-key-data": base64("a key"),
              }),
      },
    ],
  });
}

/** Text as kubeconfigs hold it. */
export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
