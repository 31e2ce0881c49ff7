import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { parse } from "yaml";

import { bundle } from "../../providers/bundle";
import { installProgram, replaceFile } from "../../providers/installOffline";
import type { ClientCredential } from "./getToken";

interface Kubeconfig {
  clusters: { cluster: { server: string; "certificate-authority-data": string } }[];
  users: { user: { "client-certificate-data": string; "client-key-data": string } }[];
}

/** The sandbox's cluster, as EKS would tell of its own. */
export interface ClusterEndpoint {
  endpoint: string;
  /** Base64 of the CA bundle. */
  certificateAuthority: string;
}

/** What a kubeconfig of the sandbox says: where its cluster is, and who its administrator is. */
export async function readKubeconfig(
  path: string,
): Promise<{ cluster: ClusterEndpoint; credential: ClientCredential }> {
  const config = parse(await readFile(path, "utf8")) as Kubeconfig;
  const [entry] = config.clusters;
  const [owner] = config.users;
  if (entry === undefined || owner === undefined) throw new Error(`${path} names no cluster.`);
  const pem = (base64: string): string => Buffer.from(base64, "base64").toString("utf8");
  return {
    cluster: {
      endpoint: entry.cluster.server,
      certificateAuthority: entry.cluster["certificate-authority-data"],
    },
    credential: {
      clientCertificateData: pem(owner.user["client-certificate-data"]),
      clientKeyData: pem(owner.user["client-key-data"]),
    },
  };
}

/** Lays a program `aws` out that answers `aws eks get-token`, and nothing else. */
export async function installAws(folder: string, credential: ClientCredential): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "credential.json");
  await replaceFile(file, JSON.stringify(credential), 0o600);
  const text = await bundle(join(__dirname, "main.ts"), { CREDENTIAL_FILE: file });
  await installProgram(folder, "aws", { name: "aws.cjs", text });
}
