import * as pulumi from "@pulumi/pulumi";

/**
 * Resources of the package `aws`, as far as the component has to do with them. Its SDK would be
 * thousands of files in the plugin for two types.
 */
export class AwsCluster extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly endpoint: pulumi.Output<string>;
  declare readonly certificateAuthority: pulumi.Output<{ data: string }>;
  declare readonly vpcConfig: pulumi.Output<{ clusterSecurityGroupId: string }>;
  declare readonly identities: pulumi.Output<{ oidcs?: { issuer: string }[] }[] | undefined>;

  constructor(name: string, args: pulumi.Inputs, opts: pulumi.CustomResourceOptions) {
    const outputs = { arn: undefined, endpoint: undefined, certificateAuthority: undefined };
    const more = { identities: undefined };
    super("aws:eks/cluster:Cluster", name, { ...outputs, ...more, name: undefined, ...args }, opts);
  }
}

/** A role that the program has made, and refers to. */
export class AwsRole extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;

  constructor(name: string, opts: pulumi.CustomResourceOptions & { urn: string }) {
    super("aws:iam/role:Role", name, { arn: undefined }, opts);
  }
}

/** Lets references to the program's roles arrive as such, and not as their names alone. */
export function registerAwsResources(): void {
  pulumi.runtime.registerResourceModule("aws", "iam/role", {
    construct: (name, type, urn) => {
      if (type !== "aws:iam/role:Role") throw new Error(`There is no resource of type ${type}.`);
      return new AwsRole(name, { urn });
    },
  });
}
