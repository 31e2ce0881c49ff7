/** Credentials with which the aws CLI is to ask for a token. */
export interface CredentialOptions {
  roleArn?: string;
  profileName?: string;
}

/** A cluster, as far as its kubeconfig must know it. */
export interface KubeconfigParts {
  clusterName: string;
  region: string;
  endpoint: string;
  certificateAuthority: string;
  credentials?: CredentialOptions;
}

/**
 * The kubeconfig that the official component gives out: with the names, the order of arguments and
 * the version of the exec protocol that it uses.
 *
 * @param withProfile - Whether the profile is named: only for the component's own provider.
 */
export function clusterKubeconfig(parts: KubeconfigParts, withProfile: boolean): object {
  const { clusterName, region, endpoint, certificateAuthority, credentials = {} } = parts;
  const { roleArn, profileName } = credentials;
  const version = "client.authentication.k8s.io/v1beta1";
  const args = [
    ...["--region", region, "eks", "get-token"],
    ...["--cluster-name", clusterName, "--output", "json"],
    ...(roleArn === undefined ? [] : ["--role", roleArn]),
    ...(withProfile && profileName !== undefined ? ["--profile", profileName] : []),
  ];
  return {
    apiVersion: "v1",
    clusters: [
      {
        cluster: { server: endpoint, "certificate-authority-data": certificateAuthority },
        name: "kubernetes",
      },
    ],
    contexts: [{ context: { cluster: "kubernetes", user: "aws" }, name: "aws" }],
    "current-context": "aws",
    kind: "Config",
    users: [
      {
        name: "aws",
        user: {
          exec: {
            apiVersion: version,
            command: "aws",
            args,
            env: [{ name: "KUBERNETES_EXEC_INFO", value: JSON.stringify({ apiVersion: version }) }],
          },
        },
      },
    ],
  };
}
