import { find, known, text, type CloudType } from "../cloudType";
import { routerUnready } from "../tailscale/routers";
import { arn, ec2Id, uuid } from "../identifiers";
import { refer } from "../references";

/** Groups of instances and what they are made from. */
export const autoscalingTypes: Readonly<Record<string, CloudType>> = {
  "aws:ec2/launchTemplate:LaunchTemplate": {
    id: ({ seed }) => ec2Id("lt", seed),
    hasGeneratedId: true,
    nameInput: "name",
    outputs: ({ place, before }, id) => ({
      arn: arn(place, "ec2", `launch-template/${id}`),
      defaultVersion: 1,
      latestVersion: Number(before?.["latestVersion"] ?? 0) + 1,
    }),
    fixed: ["name", "namePrefix"],
    volatile: ["latestVersion"],
    check: (inputs) => {
      const text = known(inputs, "userData");
      return text === undefined || isBase64(text)
        ? []
        : [{ property: "userData", reason: "InvalidUserData.Malformed: this is not base64" }];
    },
    refers: ({ inputs }) => refer(inputs, "iamInstanceProfile.arn", "instanceProfile"),
  },

  "aws:autoscaling/group:Group": {
    id: ({ inputs }) => text(inputs, "name"),
    hasGeneratedId: false,
    nameInput: "name",
    outputs: ({ place, seed, inputs }) => {
      const name = text(inputs, "name");
      return {
        arn: arn(
          place,
          "autoscaling",
          `autoScalingGroup:${uuid(seed)}:autoScalingGroupName/${name}`,
        ),
        availabilityZones: [],
        defaultCooldown: 300,
        desiredCapacity: inputs["minSize"] ?? 0,
        healthCheckType: "EC2",
        predictedCapacity: 0,
        warmPoolSize: 0,
      };
    },
    fixed: ["name", "namePrefix"],
    check: (inputs) => {
      const [min, desired, max] = ["minSize", "desiredCapacity", "maxSize"].map(
        (key) => inputs[key],
      );
      const isOrdered = (low: unknown, high: unknown): boolean =>
        typeof low !== "number" || typeof high !== "number" || low <= high;
      return isOrdered(min, max) && isOrdered(min, desired) && isOrdered(desired, max)
        ? []
        : [
            {
              property: "desiredCapacity",
              reason: `ValidationError: Desired capacity must be between min and max size`,
            },
          ];
    },
    refers: ({ inputs, existence }) => {
      const id = known(inputs, "launchTemplate", "id");
      const template = find(existence, "aws:ec2/launchTemplate:LaunchTemplate", "id", id);
      return [
        ...refer(inputs, "launchTemplate.id", "launchTemplate"),
        ...refer(inputs, "vpcZoneIdentifiers", "subnet", { holds: true }),
        ...refer(template?.state ?? {}, "vpcSecurityGroupIds", "securityGroup", { holds: true }),
      ];
    },
    refused: ({ inputs }) =>
      inputs["vpcZoneIdentifiers"] === undefined && inputs["availabilityZones"] === undefined
        ? "ValidationError: At least one Availability Zone or VPC Subnet is required."
        : undefined,
    unready: routerUnready,
  },

  "aws:autoscaling/lifecycleHook:LifecycleHook": {
    id: ({ inputs }) => text(inputs, "name"),
    hasGeneratedId: false,
    nameInput: "name",
    outputs: () => ({ defaultResult: "ABANDON", heartbeatTimeout: 3600 }),
    fixed: ["name", "autoscalingGroupName"],
    refers: ({ inputs }) => refer(inputs, "autoscalingGroupName", "autoscalingGroup"),
  },
};

function isBase64(text: string): boolean {
  return Buffer.from(text, "base64").toString("base64") === text;
}
