import { textAt, type JsonObject } from "../skeleton/json";
import { find, known, knownList, type Existence, type Reference } from "./cloudType";
import { ACCOUNT_ID } from "./places";

/** How a kind of resource is referred to. */
interface Target {
  type: string;
  by: string;
  missing: (value: string) => string;
}

const TARGETS = {
  vpc: ec2("aws:ec2/vpc:Vpc", "InvalidVpcID.NotFound: The vpc ID"),
  subnet: ec2("aws:ec2/subnet:Subnet", "InvalidSubnetID.NotFound: The subnet ID"),
  routeTable: ec2(
    "aws:ec2/routeTable:RouteTable",
    "InvalidRouteTableID.NotFound: The routeTable ID",
  ),
  internetGateway: ec2(
    "aws:ec2/internetGateway:InternetGateway",
    "InvalidInternetGatewayID.NotFound: The internetGateway ID",
  ),
  natGateway: ec2("aws:ec2/natGateway:NatGateway", "NatGatewayNotFound: The NAT gateway"),
  address: ec2("aws:ec2/eip:Eip", "InvalidAllocationID.NotFound: The allocation ID"),
  vpcEndpoint: ec2(
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id",
  ),
  launchTemplate: ec2(
    "aws:ec2/launchTemplate:LaunchTemplate",
    "InvalidLaunchTemplateId.NotFound: The launch template ID",
  ),
  securityGroup: ec2(
    "aws:ec2/securityGroup:SecurityGroup",
    "InvalidGroup.NotFound: The security group",
  ),
  role: {
    type: "aws:iam/role:Role",
    by: "name",
    missing: (value) => `NoSuchEntity: The role with name ${value} cannot be found.`,
  },
  roleArn: {
    type: "aws:iam/role:Role",
    by: "arn",
    missing: (value) => `InvalidParameterException: The role ${value} does not exist.`,
  },
  policy: {
    type: "aws:iam/policy:Policy",
    by: "arn",
    missing: (value) => `NoSuchEntity: Policy ${value} does not exist or is not attachable.`,
  },
  instanceProfile: {
    type: "aws:iam/instanceProfile:InstanceProfile",
    by: "arn",
    missing: (value) => `ValidationError: Invalid IamInstanceProfile: ${value}`,
  },
  cluster: {
    type: "aws:eks/cluster:Cluster",
    by: "name",
    missing: (value) => `ResourceNotFoundException: No cluster found for name: ${value}.`,
  },
  autoscalingGroup: {
    type: "aws:autoscaling/group:Group",
    by: "name",
    missing: (value) => `ValidationError: AutoScalingGroup name not found - ${value}`,
  },
  certificate: {
    type: "aws:acm/certificate:Certificate",
    by: "arn",
    missing: (value) => `ResourceNotFoundException: Could not find certificate ${value}.`,
  },
} satisfies Record<string, Target>;

function ec2(type: string, what: string): Target {
  return { type, by: "id", missing: (value) => `${what} '${value}' does not exist` };
}

export type TargetName = keyof typeof TARGETS;

/** References to what an input names, or all items of a list; none where it is not known (yet). */
export function refer(
  inputs: JsonObject,
  path: string,
  target: TargetName,
  { holds = false } = {},
): Reference[] {
  const keys = path.split(".");
  const values = [known(inputs, ...keys), ...knownList(inputs, ...keys)];
  return values
    .filter((value) => value !== undefined)
    .map((value) => referTo(value, target, { holds }));
}

/** A reference to one resource. */
export function referTo(value: string, target: TargetName, { holds = false } = {}): Reference {
  const { type, by, missing } = TARGETS[target];
  return { type, by, value, holds, missing: missing(value) };
}

/** Resources that come into being with another one, by where its state names them. */
const IMPLIED: Readonly<Record<string, { type: string; path: readonly string[] }[]>> = {
  [TARGETS.securityGroup.type]: [
    { type: TARGETS.vpc.type, path: ["defaultSecurityGroupId"] },
    { type: TARGETS.cluster.type, path: ["vpcConfig", "clusterSecurityGroupId"] },
  ],
  [TARGETS.routeTable.type]: [{ type: TARGETS.vpc.type, path: ["mainRouteTableId"] }],
};

/** Whether there is what a reference names. What belongs to others is taken to be there. */
export function exists({ type, by, value }: Reference, existence: Existence): boolean {
  const [, , , , account = ACCOUNT_ID] = value.split(":");
  if (by === "arn" && account !== ACCOUNT_ID) return true;
  return (
    find(existence, type, by, value) !== undefined ||
    (IMPLIED[type] ?? []).some((implied) =>
      existence.all(implied.type).some(({ state }) => textAt(state, ...implied.path) === value),
    )
  );
}
