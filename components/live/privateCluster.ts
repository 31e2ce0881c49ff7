import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as kms from "@pulumi/aws/kms";
import type { ClusterOptions } from "@pulumi/eks";
import { Cluster } from "@pulumi/eks/cluster";
import { AuthenticationMode } from "@pulumi/eks/types/enums";
import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";
import { managedRole } from "./managedRole";

/** All that the control plane can write. */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

export interface PrivateClusterArgs {
  clusterName: string;
  /** Kubernetes release, such as `1.36`. */
  kubernetesVersion: string;
  vpcId: pulumi.Input<string>;
  /** Subnets in at least two zones, for the interfaces of the control plane. */
  privateSubnetIds: pulumi.Input<string[]>;
  /** Address range of Services. @default EKS chooses one that the VPC does not have */
  serviceCidr?: string;
  /** Days for which the logs of the control plane are kept: one of the numbers that CloudWatch takes. */
  logRetentionDays: number;
  /** KMS key that Secrets are encrypted with. @default one is made, which is rotated each year */
  kmsKeyArn?: pulumi.Input<string>;
  /** Whether Pulumi and EKS refuse to delete the cluster, until an update has switched this off. */
  deletionProtection: boolean;
}

/**
 * An EKS cluster whose API has no address outside of its VPC. Nobody has rights on it but by access
 * entries: not even who made it.
 */
export class PrivateCluster extends pulumi.ComponentResource {
  readonly clusterName: pulumi.Output<string>;
  readonly clusterArn: pulumi.Output<string>;
  /** `https://…` of the API. */
  readonly endpoint: pulumi.Output<string>;
  /** Base64 of the CA bundle that signed the endpoint's certificate. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** The security group that EKS makes, for the API's interfaces and the nodes. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: PrivateClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:PrivateCluster", name, {}, opts);
    const child = childOptions(this, opts);
    const { clusterName } = args;

    const { role, attachments } = managedRole(
      name,
      {
        description: `Control plane of ${clusterName}`,
        service: "eks.amazonaws.com",
        actions: ["sts:AssumeRole", "sts:TagSession"],
        policies: ["AmazonEKSClusterPolicy"],
      },
      child,
    );
    // EKS would make it itself, without an end to what is kept, and leave it behind.
    const logGroup = new cloudwatch.LogGroup(
      name,
      { name: `/aws/eks/${clusterName}/cluster`, retentionInDays: args.logRetentionDays },
      child,
    );
    const cluster = new Cluster(
      name,
      {
        name: clusterName,
        version: args.kubernetesVersion,
        vpcId: args.vpcId,
        privateSubnetIds: args.privateSubnetIds,
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
        authenticationMode: AuthenticationMode.Api,
        serviceRole: role,
        encryptionConfigKeyArn: args.kmsKeyArn ?? encryptionKey(name, clusterName, child).arn,
        enabledClusterLogTypes: LOG_TYPES,
        upgradePolicy: { supportType: "STANDARD" },
        deletionProtection: args.deletionProtection,
        ...(args.serviceCidr !== undefined && {
          kubernetesServiceIpAddressRange: args.serviceCidr,
        }),
        ...NOTHING_MORE,
      },
      pulumi.mergeOptions(child, {
        dependsOn: [logGroup, ...attachments],
        transforms: [withoutCreatorAdmin],
        // EKS would refuse only when all that is on the cluster, and the way to it, is gone already.
        protect: args.deletionProtection,
      }),
    );

    const { eksCluster } = cluster;
    this.clusterName = eksCluster.name;
    this.clusterArn = eksCluster.arn;
    this.endpoint = eksCluster.endpoint;
    this.certificateAuthority = eksCluster.certificateAuthority.data;
    this.securityGroupId = eksCluster.vpcConfig.clusterSecurityGroupId;
    this.registerOutputs({
      clusterName: this.clusterName,
      clusterArn: this.clusterArn,
      endpoint: this.endpoint,
      certificateAuthority: this.certificateAuthority,
      securityGroupId: this.securityGroupId,
    });
  }
}

/** What `eks.Cluster` would otherwise make beside the cluster; docs/decisions/eks-component.md. */
const NOTHING_MORE = {
  skipDefaultNodeGroup: true,
  skipDefaultSecurityGroups: true,
  createInstanceRole: false,
  bootstrapSelfManagedAddons: false,
  useDefaultVpcCni: true,
  kubeProxyAddonOptions: { enabled: false },
  corednsAddonOptions: { enabled: false },
} satisfies ClusterOptions;

/** Takes from who makes the cluster the rights that `eks.Cluster` would give, and has no input for. */
export const withoutCreatorAdmin: pulumi.ResourceTransform = ({ type, props, opts }) => {
  if (type !== "aws:eks/cluster:Cluster") return undefined;
  const accessConfig: unknown = props["accessConfig"];
  const given = typeof accessConfig === "object" ? accessConfig : {};
  return {
    props: {
      ...props,
      accessConfig: { ...given, bootstrapClusterCreatorAdminPermissions: false },
    },
    opts,
  };
};

function encryptionKey(
  name: string,
  clusterName: string,
  child: pulumi.CustomResourceOptions,
): kms.Key {
  return new kms.Key(
    name,
    {
      description: `Secrets of ${clusterName}`,
      enableKeyRotation: true,
      // Long enough to change one's mind: without it, every backup is lost.
      deletionWindowInDays: 30,
    },
    child,
  );
}
