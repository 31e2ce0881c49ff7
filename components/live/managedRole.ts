import * as iam from "@pulumi/aws/iam";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as pulumi from "@pulumi/pulumi";

import { callOptions } from "../childOptions";

export interface ManagedRoleArgs {
  /** AWS service that takes the role, such as `ec2.amazonaws.com`. */
  service: string;
  /** What the service may do to take it. @default `sts:AssumeRole` */
  actions?: string[];
  /** Names of policies that AWS keeps. */
  policies: string[];
  description: string;
}

/** A role, and its policies, without which it is of no use yet. */
export interface ManagedRole {
  role: iam.Role;
  attachments: iam.RolePolicyAttachment[];
}

/** A role for a service of AWS, with policies that AWS keeps. */
export function managedRole(
  name: string,
  { service, actions = ["sts:AssumeRole"], policies, description }: ManagedRoleArgs,
  child: pulumi.CustomResourceOptions,
): ManagedRole {
  const { partition } = getPartitionOutput({}, callOptions(child));
  const role = new iam.Role(
    name,
    {
      description,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: actions, Principal: { Service: service } }],
      }),
    },
    child,
  );
  const attachments = policies.map(
    (policy) =>
      new iam.RolePolicyAttachment(
        `${name}-${policy}`,
        {
          role: role.name,
          policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}`,
        },
        child,
      ),
  );
  return { role, attachments };
}

/** A role that pods take, by Pod Identity. */
export function podRole(
  name: string,
  args: Pick<ManagedRoleArgs, "policies" | "description">,
  child: pulumi.CustomResourceOptions,
): ManagedRole {
  const actions = ["sts:AssumeRole", "sts:TagSession"];
  return managedRole(name, { ...args, service: "pods.eks.amazonaws.com", actions }, child);
}
