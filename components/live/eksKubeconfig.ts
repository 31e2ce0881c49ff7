/** An EKS cluster, as far as its clients must know it. */
export interface EksEndpoint {
  clusterName: string;
  region: string;
  /** `https://…` of the cluster's API. */
  endpoint: string;
  /** Base64 of the CA bundle that signed the endpoint's certificate. */
  certificateAuthority: string;
  /** IAM role to take for it. @default whoever uses the kubeconfig, as they are */
  roleArn?: string;
}

/**
 * A kubeconfig that asks the aws CLI for a token each time it is used: it holds no secret, and does
 * not run out after the 15 minutes for which such a token is good.
 */
export function eksKubeconfig(cluster: EksEndpoint): string {
  const { clusterName, region, endpoint, certificateAuthority, roleArn } = cluster;
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: clusterName,
        cluster: { server: endpoint, "certificate-authority-data": certificateAuthority },
      },
    ],
    users: [
      {
        name: clusterName,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "aws",
            args: [
              "eks",
              "get-token",
              "--cluster-name",
              clusterName,
              "--region",
              region,
              "--output",
              "json",
              ...(roleArn === undefined ? [] : ["--role-arn", roleArn]),
            ],
            interactiveMode: "Never",
          },
        },
      },
    ],
    contexts: [{ name: clusterName, context: { cluster: clusterName, user: clusterName } }],
    "current-context": clusterName,
  });
}
