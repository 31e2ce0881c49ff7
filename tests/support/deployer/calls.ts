import { deployerPolicies } from "../../../components/live/deployerPolicy";
import { ACCOUNT, type Call } from "../iam";

export const SCOPE = {
  partition: "aws",
  region: "eu-central-1",
  accountId: ACCOUNT,
  clusterName: "blue",
  platformName: "live",
  deployerRole: "deployer",
  host: "httpbin.example.com",
  hostedZoneId: "Z2ABCDEFGHIJKL",
};

export const POLICIES = deployerPolicies(SCOPE);

/** ARN of something in the account and the region. */
export function arn(service: string, rest: string): string {
  return `arn:aws:${service}:${SCOPE.region}:${ACCOUNT}:${rest}`;
}

/** ARN of something of EC2's, such as `subnet`. */
export function ec2(kind: string): string {
  return arn("ec2", `${kind}/${kind}-0123456789abcdef0`);
}

/** A call, and the same call as it must not be allowed. */
export interface DeployerCall extends Call {
  forbidden: Call[];
}

/** Calls that are about nothing in particular. */
export function look(service: string, names: string): DeployerCall[] {
  return split(service, names).map((action) => ({ action, resource: "*", forbidden: [] }));
}

/** Calls about what is known by its name. The last are that name, and one of another's. */
export function named(
  service: string,
  names: string,
  resource: string,
  context: Record<string, string> = {},
  [ours, others]: [string, string] = ["blue", "green"],
): DeployerCall[] {
  return split(service, names).map((action) => {
    const call = { action, resource, context };
    const foreign = { ...call, resource: resource.replaceAll(ours, others) };
    return { ...call, forbidden: [foreign, ...elsewhere(call)] };
  });
}

/** Calls that make something, which must bear the cluster's mark. */
export function make(
  service: string,
  names: string,
  resource: string,
  context: Record<string, string> = {},
): DeployerCall[] {
  return marked("aws:RequestTag/Cluster", service, names, resource, context);
}

/** Calls about what bears the cluster's mark. */
export function own(
  service: string,
  names: string,
  resource: string,
  context: Record<string, string> = {},
): DeployerCall[] {
  return marked("aws:ResourceTag/Cluster", service, names, resource, context);
}

/** Making something of EC2's, and marking it as part of that. */
export function makeEc2(name: string, kind: string): DeployerCall[] {
  return [
    ...make("ec2", name, ec2(kind)),
    ...make("ec2", "CreateTags", ec2(kind), { "ec2:CreateAction": name }),
  ];
}

/** Marking something of EC2's anew, when the stack's tags have changed. */
export function retagEc2(kind: string): DeployerCall[] {
  return own("ec2", "CreateTags DeleteTags", ec2(kind));
}

function marked(
  key: string,
  service: string,
  names: string,
  resource: string,
  context: Record<string, string>,
): DeployerCall[] {
  return split(service, names).map((action) => {
    const call = { action, resource, context: { ...context, [key]: "blue" } };
    const foreign = { ...call, context: { ...context, [key]: "green" } };
    return { ...call, forbidden: [foreign, { ...call, context }, ...elsewhere(call)] };
  });
}

/** The call in another region, and in another account, where its ARN has one. */
function elsewhere(call: Call): Call[] {
  return [
    call.resource.replace(SCOPE.region, "us-east-1"),
    call.resource.replace(ACCOUNT, "210987654321"),
  ]
    .filter((resource) => resource !== call.resource)
    .map((resource) => ({ ...call, resource }));
}

function split(service: string, names: string): string[] {
  return names.split(/\s+/).map((name) => `${service}:${name}`);
}
