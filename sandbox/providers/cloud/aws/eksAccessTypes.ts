import { at, textAt, type JsonObject } from "../../skeleton/json";
import { find, known, text, type CloudType } from "../cloudType";
import { arn, hex, uuid } from "../identifiers";
import { refer } from "../references";
import { within } from "./within";

/** `role/name` of an ARN, for the ids of what belongs to a principal. */
function principal(inputs: JsonObject): { kind: string; name: string } {
  const [kind = "", ...path] = text(inputs, "principalArn").split(":").at(-1)?.split("/") ?? [];
  return { kind, name: path.at(-1) ?? "" };
}

/** Who may do what in a cluster, and what its pods may do outside of it. */
export const eksAccessTypes: Readonly<Record<string, CloudType>> = {
  "aws:eks/accessEntry:AccessEntry": {
    id: within(":", "clusterName", "principalArn"),
    hasGeneratedId: false,
    outputs: ({ place, seed, inputs, before, now }) => {
      const { kind, name } = principal(inputs);
      const path = [known(inputs, "clusterName"), kind, place.accountId, name, uuid(seed)];
      return {
        accessEntryArn: arn(place, "eks", `access-entry/${path.join("/")}`),
        createdAt: before?.["createdAt"] ?? now,
        modifiedAt: now,
        type: "STANDARD",
        userName: text(inputs, "principalArn"),
      };
    },
    fixed: ["clusterName", "principalArn", "type"],
    volatile: ["modifiedAt"],
    check: (inputs) => {
      const given = known(inputs, "principalArn");
      return given === undefined || /^arn:[\w-]+:iam::\d{12}:(?:role|user)\/./.test(given)
        ? []
        : [{ property: "principalArn", reason: `${given} is no ARN of an IAM role or user` }];
    },
    refers: ({ inputs }) => refer(inputs, "clusterName", "cluster"),
    refused: ({ inputs, existence }) => {
      const name = known(inputs, "clusterName");
      const cluster = find(existence, "aws:eks/cluster:Cluster", "name", name);
      return textAt(cluster?.state, "accessConfig", "authenticationMode") === "CONFIG_MAP"
        ? `InvalidRequestException: The cluster's authentication mode must be set to one of ` +
            "[API, API_AND_CONFIG_MAP] to perform this operation."
        : undefined;
    },
  },

  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    id: within("#", "clusterName", "principalArn", "policyArn"),
    hasGeneratedId: false,
    outputs: ({ before, now }) => ({
      associatedAt: before?.["associatedAt"] ?? now,
      modifiedAt: before?.["modifiedAt"] ?? now,
    }),
    fixed: ["clusterName", "principalArn", "policyArn", "accessScope"],
    check: (inputs) => {
      const policy = known(inputs, "policyArn");
      const isScoped = textAt(inputs, "accessScope", "type") === "namespace";
      const namespaces = at(inputs, "accessScope", "namespaces");
      return [
        ...(policy === undefined || /^arn:[\w-]+:eks::aws:cluster-access-policy\/\w+$/.test(policy)
          ? []
          : [{ property: "policyArn", reason: `${policy} is no ARN of an access policy of EKS` }]),
        ...(isScoped && (!Array.isArray(namespaces) || namespaces.length === 0)
          ? [{ property: "accessScope", reason: "the scope is namespaces, and names none" }]
          : []),
      ];
    },
    refers: ({ inputs }) => refer(inputs, "clusterName", "cluster"),
    refused: ({ inputs, existence }) => {
      const isThere = existence
        .all("aws:eks/accessEntry:AccessEntry")
        .some(({ state }) =>
          ["clusterName", "principalArn"].every((key) => state[key] === inputs[key]),
        );
      return isThere
        ? undefined
        : "ResourceNotFoundException: The specified principalArn could not be found: " +
            `${text(inputs, "principalArn")} has no access entry.`;
    },
  },

  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    id: ({ seed }) => `a-${hex(seed, 17)}`,
    hasGeneratedId: true,
    outputs: ({ place, inputs }, id) => ({
      associationArn: arn(
        place,
        "eks",
        `podidentityassociation/${text(inputs, "clusterName")}/${id}`,
      ),
      associationId: id,
      disableSessionTags: false,
      externalId: "",
    }),
    fixed: ["clusterName", "namespace", "serviceAccount"],
    refers: ({ inputs }) => [
      ...refer(inputs, "clusterName", "cluster"),
      ...refer(inputs, "roleArn", "roleArn"),
    ],
  },
};
