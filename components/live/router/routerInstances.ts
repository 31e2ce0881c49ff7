import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

import { versions } from "../../../versions";
import { OWNER_TAG } from "../ownTags";
import { userData } from "./userData";

export interface RouterInstancesArgs {
  region: string;
  /** Name of the EKS cluster, for which costs are told apart. */
  clusterName: string;
  /** Name of the auto scaling group. */
  groupName: string;
  subnetIds: pulumi.Input<string[]>;
  securityGroupId: pulumi.Input<string>;
  /** ARN of the instance profile. */
  profileArn: pulumi.Input<string>;
  /** Name of the SSM parameter with the key to join with. */
  parameterName: pulumi.Input<string>;
  /** What host names begin with. */
  hostnamePrefix: string;
  /** Tag to join with. */
  tag: string;
  /** Address range to advertise. */
  route: pulumi.Input<string>;
  size: number;
  instanceType: string;
  /** Seconds to wait for the instances to join. */
  waitSeconds: number;
}

/** EC2 looks the newest image up whenever it launches an instance. */
const IMAGE = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

const DISK_GIB = 8;

const HOOK = "joined-tailnet";

/** An instance that has not joined in this many seconds is given up, and another one launched. */
const JOIN_SECONDS = 300;

/** Seconds that the group's other work takes, on top of the wait for its instances. */
const GROUP_SECONDS = 300;

/** Share of the group, in percent: the next one joins before one goes, whatever replaces it. */
const REPLACEMENT = { minHealthyPercentage: 100, maxHealthyPercentage: 200 };

/** Instances that join the tailnet, made once they have. */
export function routerInstances(
  name: string,
  args: RouterInstancesArgs,
  opts: pulumi.CustomResourceOptions,
): autoscaling.Group {
  const template = launchTemplate(name, args, opts);
  const timeout = `${String(args.waitSeconds + GROUP_SECONDS)}s`;
  return new autoscaling.Group(
    name,
    {
      name: args.groupName,
      minSize: args.size,
      maxSize: args.size,
      vpcZoneIdentifiers: args.subnetIds,
      // By number, so that a new version is a change of the group, which has its instances replaced.
      launchTemplate: {
        id: template.id,
        version: template.latestVersion.apply((version) => String(version)),
      },
      // Of the group itself and not beside it: so the first instance is held back by it too.
      initialLifecycleHooks: [
        {
          name: HOOK,
          lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
          heartbeatTimeout: JOIN_SECONDS,
          defaultResult: "ABANDON",
        },
      ],
      waitForCapacityTimeout: `${String(args.waitSeconds)}s`,
      healthCheckType: "EC2",
      instanceMaintenancePolicy: REPLACEMENT,
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { ...REPLACEMENT, instanceWarmup: "0" },
      },
      // The provider's own tags do not reach what a group launches.
      tags: Object.entries(tagsOf(args)).map(([key, value]) => ({
        key,
        value,
        propagateAtLaunch: true,
      })),
    },
    pulumi.mergeOptions(opts, {
      // Its name is in the role's policy and in the user data: there cannot be two.
      deleteBeforeReplace: true,
      customTimeouts: { create: timeout, update: timeout },
    }),
  );
}

function launchTemplate(
  name: string,
  args: RouterInstancesArgs,
  opts: pulumi.CustomResourceOptions,
): ec2.LaunchTemplate {
  return new ec2.LaunchTemplate(
    name,
    {
      imageId: IMAGE,
      instanceType: args.instanceType,
      iamInstanceProfile: { arn: args.profileArn },
      vpcSecurityGroupIds: [args.securityGroupId],
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            volumeType: "gp3",
            volumeSize: DISK_GIB,
            encrypted: "true",
            deleteOnTermination: "true",
          },
        },
      ],
      // A group hands its tags on to instances only.
      tagSpecifications: [{ resourceType: "volume", tags: tagsOf(args) }],
      userData: encodedUserData(args),
    },
    opts,
  );
}

function tagsOf({ groupName, clusterName }: RouterInstancesArgs): Record<string, string> {
  return { Name: groupName, [OWNER_TAG]: clusterName };
}

function encodedUserData(args: RouterInstancesArgs): pulumi.Output<string> {
  return pulumi.all([args.parameterName, args.route]).apply(([parameter, route]) =>
    Buffer.from(
      userData({
        region: args.region,
        group: args.groupName,
        hook: HOOK,
        parameter,
        hostnamePrefix: args.hostnamePrefix,
        tag: args.tag,
        route,
        tailscaleVersion: versions.tailscale,
      }),
    ).toString("base64"),
  );
}
