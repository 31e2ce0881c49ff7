import * as z from "zod";

import type { DeployerScope } from "../components/live/deployer/deployerScope";
import { deployerPolicies } from "../components/live/deployerPolicy";
import { githubTrust } from "../components/live/githubTrust";
import { previewPolicy } from "../components/live/previewPolicy";

const DEPLOYER = "docs/deployer-policy";
const PREVIEW = "docs/preview-policy";

/** File with the names that the documents are for: it is the reader's to change. */
export const SCOPE_FILE = `${DEPLOYER}/scope.json`;

const deployerScope = z.strictObject({
  partition: z.string(),
  region: z.string(),
  accountId: z.string(),
  clusterName: z.string(),
  platformName: z.string(),
  deployerRole: z.string(),
  host: z.string(),
  hostedZoneId: z.string(),
}) satisfies z.ZodType<DeployerScope>;

const scopeFile = deployerScope.extend({ repository: z.string() });

/**
 * IAM's documents, by path: what who deploys and who previews must be allowed, and who may take their
 * roles.
 *
 * @param scopeText - What is in the file with the names.
 */
export function policyDocuments(scopeText: string): Record<string, object> {
  const { repository, ...scope } = scopeFile.parse(JSON.parse(scopeText));
  const trust = (environments: string[]): object =>
    githubTrust({ ...scope, repository, environments });
  const deployer = Object.entries(deployerPolicies(scope));
  return {
    ...Object.fromEntries(
      deployer.map(([name, policy]) => [`${DEPLOYER}/${name}.json`, policy] as const),
    ),
    [`${DEPLOYER}/trust.json`]: trust(["live"]),
    [`${PREVIEW}/look.json`]: previewPolicy(scope),
    [`${PREVIEW}/trust.json`]: trust(["preview-live", "drift-live"]),
  };
}
