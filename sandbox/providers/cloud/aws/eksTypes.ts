import { find, known, text, type CloudType } from "../cloudType";
import { arn, uuid } from "../identifiers";
import { refer } from "../references";
import { clusterRefusal, clusterState } from "./eksCluster";
import { nodesUnready, workloadUnready } from "./nodeReadiness";
import { within } from "./within";

const IN_CLUSTER = { holds: true };

/** EKS clusters, their nodes and their add-ons. */
export const eksTypes: Readonly<Record<string, CloudType>> = {
  "aws:eks/cluster:Cluster": {
    id: ({ inputs }) => text(inputs, "name"),
    hasGeneratedId: false,
    nameInput: "name",
    outputs: clusterState,
    live: ["endpoint", "certificateAuthority"],
    fixed: [
      "name",
      "roleArn",
      "bootstrapSelfManagedAddons",
      "accessConfig.bootstrapClusterCreatorAdminPermissions",
      "kubernetesNetworkConfig.ipFamily",
      "kubernetesNetworkConfig.serviceIpv4Cidr",
      "outpostConfig",
      "remoteNetworkConfig",
    ],
    refers: ({ inputs }) => [
      ...refer(inputs, "roleArn", "roleArn"),
      ...refer(inputs, "vpcConfig.subnetIds", "subnet", { holds: true }),
      ...refer(inputs, "vpcConfig.securityGroupIds", "securityGroup", { holds: true }),
    ],
    refused: clusterRefusal,
    kept: ({ id, state }) =>
      state["deletionProtection"] === true
        ? `InvalidRequestException: Cluster ${id} has deletion protection: turn it off, run ` +
          "`pulumi up`, and only then take it away"
        : undefined,
    held: () => "ResourceInUseException: Cluster has nodegroups attached",
  },

  "aws:eks/nodeGroup:NodeGroup": {
    id: within(":", "clusterName", "nodeGroupName"),
    hasGeneratedId: false,
    nameInput: "nodeGroupName",
    outputs: ({ place, seed, inputs, existence }) => {
      const clusterName = text(inputs, "clusterName");
      const name = text(inputs, "nodeGroupName");
      const cluster = find(existence, "aws:eks/cluster:Cluster", "name", clusterName);
      return {
        arn: arn(place, "eks", `nodegroup/${clusterName}/${name}/${uuid(seed)}`),
        amiType: "AL2023_x86_64_STANDARD",
        capacityType: "ON_DEMAND",
        diskSize: inputs["launchTemplate"] === undefined ? 20 : 0,
        releaseVersion: "",
        resources: [
          {
            autoscalingGroups: [{ name: `eks-${name}-${uuid(seed)}` }],
            remoteAccessSecurityGroupId: "",
          },
        ],
        status: "ACTIVE",
        version: cluster?.state["version"] ?? "",
      };
    },
    fixed: [
      "clusterName",
      "nodeGroupName",
      "nodeGroupNamePrefix",
      "amiType",
      "capacityType",
      "diskSize",
      "instanceTypes",
      "nodeRoleArn",
      "remoteAccess",
      "subnetIds",
      "launchTemplate.id",
      "launchTemplate.name",
    ],
    refers: ({ inputs }) => [
      ...refer(inputs, "clusterName", "cluster", IN_CLUSTER),
      ...refer(inputs, "nodeRoleArn", "roleArn"),
      ...refer(inputs, "subnetIds", "subnet", { holds: true }),
      ...refer(inputs, "launchTemplate.id", "launchTemplate"),
    ],
    unready: nodesUnready,
  },

  "aws:eks/addon:Addon": {
    id: within(":", "clusterName", "addonName"),
    hasGeneratedId: false,
    outputs: ({ place, seed, inputs, before, now }) => {
      const path = `${text(inputs, "clusterName")}/${text(inputs, "addonName")}`;
      return {
        arn: arn(place, "eks", `addon/${path}/${uuid(seed)}`),
        addonVersion: "",
        createdAt: before?.["createdAt"] ?? now,
        modifiedAt: now,
      };
    },
    fixed: ["clusterName", "addonName", "namespaceConfig"],
    volatile: ["modifiedAt"],
    check: (inputs) => {
      const text = known(inputs, "configurationValues");
      return text === undefined || isJson(text)
        ? []
        : [
            {
              property: "configurationValues",
              reason: "InvalidParameterException: this is no JSON",
            },
          ];
    },
    refers: ({ inputs }) => [
      ...refer(inputs, "clusterName", "cluster"),
      ...refer(inputs, "serviceAccountRoleArn", "roleArn"),
    ],
    unready: workloadUnready,
  },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
