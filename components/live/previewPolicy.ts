import { deployerPolicies } from "./deployerPolicy";
import type { DeployerScope } from "./deployer/deployerScope";
import type { PolicyDocument, PolicyStatement } from "./policyDocument";

/** Looks that would tell a secret: the key with which a router joins the tailnet. */
const TELLS_A_SECRET: readonly string[] = ["ssm:GetParameter", "ssm:GetParameters"];

/**
 * What who previews the live stack, or looks for drift, must be allowed: of what its deployer is, all
 * that only looks and tells no secret.
 */
export function previewPolicy(scope: DeployerScope): PolicyDocument {
  const Statement = Object.values(deployerPolicies(scope))
    .flatMap((policy) => policy.Statement)
    .map(onlyLooks)
    .filter(({ Action }) => Action.length > 0);
  return { Version: "2012-10-17", Statement };
}

function onlyLooks(statement: PolicyStatement): PolicyStatement {
  const Action = statement.Action.filter(
    (action) => /:(Describe|Get|List)/.test(action) && !TELLS_A_SECRET.includes(action),
  );
  return { ...statement, Action };
}
