import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import * as tailscale from "@pulumi/tailscale";

import { routerPolicy } from "./routerPolicy";

export interface RouterAccessArgs {
  clusterName: string;
  /** The one tag that devices can be let in with. */
  tag: string;
  /** Name of the auto scaling group of the instances. */
  groupName: string;
}

/** What instances have, to join the tailnet with. */
export interface RouterAccess {
  /** Has the key to join with. */
  parameter: ssm.Parameter;
  /** Gives an instance the role that may read it. */
  profile: iam.InstanceProfile;
  /** What the role may do: to be there before an instance is. */
  policy: iam.RolePolicy;
}

/** Makes a key to the tailnet, and a role that may do nothing but use it. */
export function routerAccess(
  name: string,
  args: RouterAccessArgs,
  opts: pulumi.CustomResourceOptions,
): RouterAccess {
  const encryptionKey = new kms.Key(
    name,
    {
      description: `Key of the subnet router of ${args.clusterName} to its tailnet`,
      enableKeyRotation: true,
      deletionWindowInDays: 7,
    },
    opts,
  );
  const parameter = joinKey(name, args, encryptionKey, opts);
  const role = new iam.Role(name, { assumeRolePolicy: JSON.stringify(TRUST) }, opts);
  const policy = new iam.RolePolicy(
    name,
    {
      role: role.name,
      policy: pulumi
        .all([parameter.arn, encryptionKey.arn])
        .apply(([parameterArn, keyArn]) =>
          JSON.stringify(routerPolicy({ parameterArn, keyArn, groupName: args.groupName })),
        ),
    },
    opts,
  );
  return {
    parameter,
    policy,
    profile: new iam.InstanceProfile(name, { role: role.name }, opts),
  };
}

const TRUST = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
  ],
};

/** A Tailscale OAuth client that can do nothing but let devices of the one tag in, kept in SSM. */
function joinKey(
  name: string,
  { clusterName, tag }: RouterAccessArgs,
  encryptionKey: kms.Key,
  opts: pulumi.CustomResourceOptions,
): ssm.Parameter {
  const client = new tailscale.OauthClient(
    name,
    { description: description(clusterName), scopes: ["auth_keys"], tags: [tag] },
    opts,
  );
  return new ssm.Parameter(
    name,
    {
      name: `/k8s-test/${clusterName}/tailnet-router`,
      type: "SecureString",
      keyId: encryptionKey.arn,
      // At the moment of joining, Tailscale makes an auth key of it: for a device that is gone when
      // it goes, and that nobody needs to approve.
      value: pulumi.secret(pulumi.interpolate`${client.key}?ephemeral=true&preauthorized=true`),
    },
    opts,
  );
}

/** Tailscale takes up to 50 letters, digits, hyphens and spaces. */
function description(clusterName: string): string {
  return `subnet router of ${clusterName.replace(/[^a-zA-Z0-9-]/g, "-")}`.slice(0, 50);
}
