import { OWNER_TAG } from "../ownTags";
import type { PolicyCondition } from "../policyDocument";

/** What a deployer may touch. */
export interface DeployerScope {
  /** Such as `aws`. */
  partition: string;
  region: string;
  accountId: string;
  clusterName: string;
  /** Name of the platform, with which the names of its roles begin. */
  platformName: string;
  /** Name of the role that deploys: it is looked up, so as to be given access to the cluster. */
  deployerRole: string;
  /** DNS name of the app. */
  host: string;
  /** Route 53 zone of the host. */
  hostedZoneId: string;
}

/** ARN of something in the account and the region. */
export function arnOf(scope: DeployerScope, service: string, rest: string): string {
  const { partition, region, accountId } = scope;
  return `arn:${partition}:${service}:${region}:${accountId}:${rest}`;
}

/** ARNs of all of some kinds that EC2 has, such as `subnet`. */
export function ec2Arns(scope: DeployerScope, kinds: string[]): string[] {
  return [...new Set(kinds)].sort().map((kind) => arnOf(scope, "ec2", `${kind}/*`));
}

/** Only what is being made, and bears the cluster's mark from the start. */
export function newlyOwn({ clusterName }: DeployerScope): PolicyCondition {
  return { StringEquals: { [`aws:RequestTag/${OWNER_TAG}`]: clusterName } };
}

/** Only what bears the cluster's mark. */
export function own({ clusterName }: DeployerScope): PolicyCondition {
  return { StringEquals: { [`aws:ResourceTag/${OWNER_TAG}`]: clusterName } };
}

/** Marking of what is made by some calls to EC2, as part of them. */
export function markedBy(scope: DeployerScope, calls: string[]): PolicyCondition {
  return { StringEquals: { ...newlyOwn(scope)["StringEquals"], "ec2:CreateAction": calls } };
}

/** Marking of what bears no cluster's mark yet: nothing is taken from another cluster. */
export function unmarked(scope: DeployerScope): PolicyCondition {
  return { ...newlyOwn(scope), Null: { [`aws:ResourceTag/${OWNER_TAG}`]: "true" } };
}
