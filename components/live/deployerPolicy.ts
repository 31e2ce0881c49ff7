import { clusterRights } from "./deployer/clusterRights";
import type { DeployerScope } from "./deployer/deployerScope";
import { ingressRights } from "./deployer/ingressRights";
import { instanceRights } from "./deployer/instanceRights";
import { lookRights } from "./deployer/lookRights";
import { networkRights } from "./deployer/networkRights";
import { roleRights } from "./deployer/roleRights";
import type { PolicyDocument, PolicyStatement } from "./policyDocument";

/**
 * What who deploys the live stack must be allowed, as IAM policies by name: one policy would be
 * longer than the 6,144 characters that IAM takes.
 */
export function deployerPolicies(scope: DeployerScope): Record<string, PolicyDocument> {
  const rooms: Record<string, PolicyStatement[]> = {
    look: lookRights(),
    network: networkRights(scope),
    cluster: clusterRights(scope),
    roles: roleRights(scope),
    instances: instanceRights(scope),
    ingress: ingressRights(scope),
  };
  return Object.fromEntries(
    Object.entries(rooms).map(([name, Statement]) => [name, { Version: "2012-10-17", Statement }]),
  );
}
