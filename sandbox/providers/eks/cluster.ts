import * as pulumi from "@pulumi/pulumi";

import { AwsCluster, type AwsRole } from "./awsResources";
import { clusterKubeconfig, type CredentialOptions } from "./clusterKubeconfig";
import { inputProblems } from "./clusterInputs";

/** Inputs as they come from the program, once {@link inputProblems} has found nothing. */
interface ClusterInputs extends Readonly<Record<string, unknown>> {
  serviceRole?: pulumi.Input<AwsRole>;
  subnetIds?: pulumi.Input<string[]>;
  publicSubnetIds?: pulumi.Input<string[]>;
  privateSubnetIds?: pulumi.Input<string[]>;
  providerCredentialOpts?: pulumi.Input<CredentialOptions>;
  encryptionConfigKeyArn?: pulumi.Input<string>;
  kubernetesServiceIpAddressRange?: pulumi.Input<string>;
  ipFamily?: pulumi.Input<string>;
  tags?: pulumi.Input<Record<string, string>>;
  clusterTags?: pulumi.Input<Record<string, string>>;
}

/**
 * The component `eks:index:Cluster`, as the official one is with no node group, no security groups
 * and no add-ons of its own: an EKS cluster and a Kubernetes provider, under the same names.
 */
export class Cluster extends pulumi.ComponentResource {
  /** What the program may read. */
  readonly outputs: pulumi.Inputs;

  /** @param kubernetesVersion - Of the Kubernetes provider. */
  constructor(
    name: string,
    inputs: ClusterInputs,
    kubernetesVersion: string,
    opts: pulumi.ComponentResourceOptions,
  ) {
    const problems = inputProblems(inputs);
    if (problems.length > 0) {
      throw new Error(
        [`The offline stand-in of eks.Cluster cannot make "${name}":`, ...problems].join("\n  "),
      );
    }
    super("eks:index:Cluster", name, inputs, opts);

    const cluster = this.cluster(name, inputs);
    const kubeconfig = (withProfile: boolean): pulumi.Output<object> =>
      kubeconfigOf(cluster, inputs.providerCredentialOpts, withProfile);
    const provider = new KubernetesProvider(
      `${name}-eks-k8s`,
      { kubeconfig: pulumi.jsonStringify(kubeconfig(true)) },
      { parent: this, version: kubernetesVersion },
    );
    this.outputs = outputsOf(inputs, cluster, kubeconfig(false), provider);
    this.registerOutputs(this.outputs);
  }

  private cluster(name: string, inputs: ClusterInputs): AwsCluster {
    const { encryptionConfigKeyArn: keyArn } = inputs;
    const { kubernetesServiceIpAddressRange: range, ipFamily } = inputs;
    return new AwsCluster(
      `${name}-eksCluster`,
      {
        name: inputs["name"],
        roleArn: pulumi.output(inputs.serviceRole).apply((role) => role?.arn),
        bootstrapSelfManagedAddons: inputs["bootstrapSelfManagedAddons"] ?? true,
        vpcConfig: {
          subnetIds: subnetIdsOf(inputs),
          endpointPrivateAccess: inputs["endpointPrivateAccess"],
          endpointPublicAccess: inputs["endpointPublicAccess"],
        },
        version: inputs["version"],
        enabledClusterLogTypes: inputs["enabledClusterLogTypes"],
        tags: pulumi
          .all([inputs.tags, inputs.clusterTags])
          .apply(([tags, own]) => ({ Name: `${name}-eksCluster`, ...own, ...tags })),
        ...(keyArn !== undefined && {
          encryptionConfig: { provider: { keyArn }, resources: ["secrets"] },
        }),
        ...((range !== undefined || ipFamily !== undefined) && {
          kubernetesNetworkConfig: { serviceIpv4Cidr: range, ipFamily: ipFamily ?? "ipv4" },
        }),
        accessConfig: {
          authenticationMode: inputs["authenticationMode"],
          // As in the official one: a program that wants it otherwise says so by a transform.
          bootstrapClusterCreatorAdminPermissions: true,
        },
        upgradePolicy: inputs["upgradePolicy"],
        deletionProtection: inputs["deletionProtection"],
      },
      {
        parent: this,
        ignoreChanges: [
          "accessConfig.bootstrapClusterCreatorAdminPermissions",
          "bootstrapSelfManagedAddons",
        ],
      },
    );
  }
}

/** The component makes one of its own, whether or not the program uses it. */
class KubernetesProvider extends pulumi.ProviderResource {
  constructor(name: string, args: pulumi.Inputs, opts: pulumi.ResourceOptions) {
    super("kubernetes", name, args, opts);
  }
}

function subnetIdsOf(inputs: ClusterInputs): pulumi.Output<string[]> {
  if (inputs.subnetIds !== undefined) return pulumi.output(inputs.subnetIds);
  return pulumi
    .all([inputs.publicSubnetIds, inputs.privateSubnetIds])
    .apply(([open = [], closed = []]) => [...open, ...closed]);
}

function kubeconfigOf(
  cluster: AwsCluster,
  credentials: pulumi.Input<CredentialOptions> | undefined,
  withProfile: boolean,
): pulumi.Output<object> {
  return pulumi
    .all([cluster.name, cluster.endpoint, cluster.certificateAuthority, cluster.arn, credentials])
    .apply(([clusterName, endpoint, { data }, arn, given]) => {
      const [, , , region = ""] = arn.split(":");
      const parts = { clusterName, region, endpoint, certificateAuthority: data };
      return clusterKubeconfig({ ...parts, ...(given && { credentials: given }) }, withProfile);
    });
}

function outputsOf(
  inputs: ClusterInputs,
  cluster: AwsCluster,
  kubeconfig: pulumi.Output<object>,
  provider: pulumi.ProviderResource,
): pulumi.Inputs {
  const issuer = cluster.identities.apply(
    (identities) => identities?.[0]?.oidcs?.[0]?.issuer ?? "",
  );
  // What EKS itself makes for a cluster: with no others it is the nodes' as well.
  const securityGroupId = cluster.vpcConfig.apply((config) => config.clusterSecurityGroupId);
  return {
    eksCluster: cluster,
    kubeconfig,
    kubeconfigJson: pulumi.jsonStringify(kubeconfig),
    clusterSecurityGroupId: securityGroupId,
    nodeSecurityGroupId: securityGroupId,
    instanceRoles: [],
    oidcProviderUrl: issuer,
    oidcIssuer: issuer.apply((url) => url.replace("https://", "")),
    oidcProviderArn: "",
    clusterIngressRuleId: "",
    defaultNodeGroupAsgName: "",
    fargateProfileId: "",
    fargateProfileStatus: "",
    autoModeNodeRoleName: "",
    core: {
      cluster,
      vpcId: inputs["vpcId"],
      subnetIds: subnetIdsOf(inputs),
      publicSubnetIds: inputs.publicSubnetIds,
      privateSubnetIds: inputs.privateSubnetIds,
      endpoint: cluster.endpoint,
      provider,
      kubeconfig,
      instanceRoles: [],
      nodeGroupOptions: { version: inputs["version"] },
      storageClasses: {},
      clusterIamRole: inputs.serviceRole,
      accessEntries: [],
      tags: inputs.tags,
      autoModeNodeRoleName: "",
    },
  };
}
