import { ACCOUNT } from "../iam";
import { named, type DeployerCall } from "./calls";

/** ARN of a role. */
export const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
/** What the names of the stack's roles begin with, and what others' may. */
export const PREFIXES: [string, string] = ["live", "red"];

/** Handing a role to a service. */
export function pass(service: string): DeployerCall[] {
  return named(
    "iam",
    "PassRole",
    role("live-x-1a2b3c4"),
    { "iam:PassedToService": service },
    PREFIXES,
  );
}

/** Making a service's own role, the first time. */
export function firstTime(service: string): DeployerCall[] {
  const resource = role(`aws-service-role/${service}/AWSServiceRoleForX`);
  const context = { "iam:AWSServiceName": service };
  return named("iam", "CreateServiceLinkedRole", resource, context, [ACCOUNT, "210987654321"]);
}
