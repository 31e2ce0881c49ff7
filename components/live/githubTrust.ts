import type { PolicyCondition } from "./policyDocument";

const ISSUER = "token.actions.githubusercontent.com";

/** Who may take a role: jobs of GitHub Actions, by the token that each of them gets. */
export interface TrustDocument {
  Version: "2012-10-17";
  Statement: {
    Sid: string;
    Effect: "Allow";
    Principal: { Federated: string };
    Action: "sts:AssumeRoleWithWebIdentity";
    Condition: PolicyCondition;
  }[];
}

export interface GithubTrustArgs {
  /** Such as `aws`. */
  partition: string;
  accountId: string;
  /**
   * The repository, as tokens name it: `owner@1234/name@5678` with the numbers of both; without them
   * where it was made before 15 July 2026 and has not been switched over.
   */
  repository: string;
  /** Environments of the repository, one of which a job must run in. */
  environments: string[];
}

/**
 * Lets jobs of some environments of a repository take a role, and nobody else: no branch, no pull
 * request by itself. The environment's own rules say who gets into it.
 */
export function githubTrust(args: GithubTrustArgs): TrustDocument {
  const { partition, accountId, repository, environments } = args;
  const subjects = environments.map((name) => `repo:${repository}:environment:${name}`);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "JobsOfEnvironments",
        Effect: "Allow",
        Principal: { Federated: `arn:${partition}:iam::${accountId}:oidc-provider/${ISSUER}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com", [`${ISSUER}:sub`]: subjects },
        },
      },
    ],
  };
}
