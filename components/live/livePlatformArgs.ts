import type * as pulumi from "@pulumi/pulumi";

import type { MonitoringArgs } from "../monitoring/monitoring";
import type { ClusterAddonsArgs, NodeAddonsArgs } from "./addons";
import type { AlbArgs } from "./albProfile";
import type { ClusterAccessArgs } from "./clusterAccess";
import type { ExistingNetworkArgs } from "./existingNetwork";
import type { NetworkArgs } from "./network";
import type { NodesArgs } from "./nodes";
import type { PrivateClusterArgs } from "./privateCluster";
import type { TailnetWayArgs } from "./tailnetWay";

/** What the live platform is made of, in the sections of the config. */
export interface LivePlatformArgs {
  /** AWS region. */
  region: string;
  /** Id of the AWS account, 12 digits. Every call to any other account is refused. */
  accountId: string;
  /** Name of the EKS cluster, with which the names of all around it begin. */
  clusterName: string;
  /** DNS name of the app, for which a certificate is made where none is given. */
  host: string;
  /** IAM role or user that runs the stack. @default whoever runs it */
  deployerRoleArn?: string;
  /** The VPC to make; or, where `vpcId` is given, the one that is there. */
  network: Omit<NetworkArgs, "clusterName" | "region"> &
    Omit<ExistingNetworkArgs, "vpcId"> & { vpcId?: string };
  cluster: Pick<PrivateClusterArgs, "serviceCidr" | "logRetentionDays" | "deletionProtection"> & {
    /** Kubernetes release, such as `1.36`. */
    version: string;
    /** KMS key that Secrets are encrypted with. @default one is made */
    kmsKeyArn?: string;
  };
  nodes: Omit<NodesArgs, "clusterName" | "kubernetesVersion" | "subnetIds">;
  /** Versions of the add-ons, as EKS writes them. */
  addons: NodeAddonsArgs["versions"] & ClusterAddonsArgs["versions"];
  access: Pick<ClusterAccessArgs, "admins" | "readers" | "ci" | "previews">;
  tailnet: TailnetWayArgs["tailnet"] & {
    /** Tailnet; `-` is the one that the OAuth client is of. */
    name: string;
    /** OAuth client that the router's own client is made with. */
    oauthClientId: string;
  };
  /** Secret of that OAuth client. */
  tailscaleOauthSecret: pulumi.Input<string>;
  /** KEDA and Prometheus, as far as this stack makes or tells them. @default nothing of them */
  monitoring?: MonitoringArgs;
  loadBalancer: Omit<AlbArgs, "certificateArn" | "subnetCidrs"> & {
    /** Route 53 zone of the host. @default its record is somebody else's to make */
    hostedZoneId?: string;
    /** ACM certificate for the host. @default one is made, and proved in the zone */
    certificateArn?: string;
  };
}
