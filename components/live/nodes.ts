import * as ec2 from "@pulumi/aws/ec2";
import * as eks from "@pulumi/aws/eks";
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";
import { refuse } from "../problem";
import { managedRole } from "./managedRole";
import { NODE_IMAGES, nodesProblems } from "./nodesProblems";

export interface NodesArgs {
  clusterName: pulumi.Input<string>;
  /** Kubernetes release of the nodes: that of the cluster, or the one before while it is upgraded. */
  kubernetesVersion: string;
  subnetIds: pulumi.Input<string[]>;
  /** EC2 instance types of arm64 families; the first that can be had is taken. */
  instanceTypes: string[];
  /** `bottlerocket`, which has no shell and a read-only system, or `al2023`. */
  image: string;
  /** `ON_DEMAND`, or `SPOT`, which AWS may take away with two minutes' notice. */
  capacityType: string;
  minSize: number;
  maxSize: number;
  /** Nodes to begin with. Whatever scales nodes owns the number from then on. */
  desiredSize: number;
  /** Disk for images and containers, in GiB. */
  diskGiB: number;
  /** How many nodes are replaced at a time in an upgrade. */
  maxUnavailable: number;
}

/** A managed group of arm64 nodes: encrypted disks, no SSH, and no way for pods to the node's role. */
export class Nodes extends pulumi.ComponentResource {
  /** What must be there before a pod can run. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: NodesArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`Nodes "${name}"`, nodesProblems(args));
    super("k8s-test:live:Nodes", name, {}, opts);
    const child = childOptions(this, opts);

    const { role, attachments } = managedRole(
      name,
      {
        description: "Nodes of an EKS cluster",
        service: "ec2.amazonaws.com",
        // Network interfaces are the CNI's to manage, whose pods have a role of their own.
        policies: ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
      },
      child,
    );
    const template = launchTemplate(name, args, child);
    const group = new eks.NodeGroup(
      name,
      {
        clusterName: args.clusterName,
        version: args.kubernetesVersion,
        nodeRoleArn: role.arn,
        subnetIds: args.subnetIds,
        instanceTypes: args.instanceTypes,
        ...(NODE_IMAGES[args.image] && { amiType: NODE_IMAGES[args.image]?.amiType }),
        capacityType: args.capacityType,
        launchTemplate: {
          id: template.id,
          version: template.latestVersion.apply((version) => String(version)),
        },
        scalingConfig: {
          minSize: args.minSize,
          maxSize: args.maxSize,
          desiredSize: args.desiredSize,
        },
        updateConfig: { maxUnavailable: args.maxUnavailable },
      },
      pulumi.mergeOptions(child, {
        dependsOn: attachments,
        ignoreChanges: ["scalingConfig.desiredSize"],
      }),
    );

    this.ready = [group];
    this.registerOutputs({});
  }
}

function launchTemplate(
  name: string,
  args: NodesArgs,
  child: pulumi.CustomResourceOptions,
): ec2.LaunchTemplate {
  // The provider's own tags do not reach what a launch template makes.
  const tags = {
    Name: pulumi.interpolate`${args.clusterName}-node`,
    Cluster: args.clusterName,
  };
  return new ec2.LaunchTemplate(
    name,
    {
      description: "Node of an EKS cluster",
      updateDefaultVersion: true,
      blockDeviceMappings: disks(args),
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        // One hop ends at the node: what is asked from a pod's network never arrives.
        httpPutResponseHopLimit: 1,
      },
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
    },
    child,
  );
}

/** Every disk that the image has: one that is not named here is as the image has it, in plain text. */
function disks({
  image,
  diskGiB,
}: NodesArgs): aws.types.input.ec2.LaunchTemplateBlockDeviceMapping[] {
  const { device = "", system } = NODE_IMAGES[image] ?? {};
  const all = [...(system === undefined ? [] : [system]), { device, sizeGiB: diskGiB }];
  return all.map(({ device: deviceName, sizeGiB }) => ({
    deviceName,
    ebs: {
      volumeType: "gp3",
      volumeSize: sizeGiB,
      encrypted: "true",
      deleteOnTermination: "true",
    },
  }));
}
