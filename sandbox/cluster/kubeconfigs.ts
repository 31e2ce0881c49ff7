import { readFile, writeFile } from "node:fs/promises";

import { stringify } from "yaml";

import { API_USERS } from "./certificateTable";
import { ca, kubeconfigOf, pair, type Layout } from "./layout";
import { serverUrl, type Topology } from "./topology";

/** What a kubeconfig is made of; certificates and keys are PEM. */
export interface KubeconfigParts {
  /** Name of the cluster and of the context. */
  name: string;
  server: string;
  user: string;
  ca: string;
  cert: string;
  key: string;
}

/** A kubeconfig with everything in it, so that it works wherever it is copied. */
export function kubeconfig(parts: KubeconfigParts): string {
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  const { name, server, user } = parts;
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server, "certificate-authority-data": base64(parts.ca) } }],
    users: [
      {
        name: user,
        user: {
          "client-certificate-data": base64(parts.cert),
          "client-key-data": base64(parts.key),
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user } }],
    "current-context": name,
  });
}

/** Writes the kubeconfig of each user of the API, readable by the owner alone. */
export async function writeKubeconfigs(layout: Layout, topology: Topology): Promise<void> {
  const authority = await readFile(ca(layout), "utf8");
  const users = [...API_USERS.map(({ name }) => name), "kubelet"];
  await Promise.all(
    users.map(async (user) => {
      const { cert, key } = pair(layout, user);
      const text = kubeconfig({
        name: "k8s-test-sandbox",
        server: serverUrl(topology),
        user,
        ca: authority,
        cert: await readFile(cert, "utf8"),
        key: await readFile(key, "utf8"),
      });
      const file = user === "admin" ? layout.kubeconfig : kubeconfigOf(layout, user);
      await writeFile(file, text, { mode: 0o600 });
    }),
  );
}
