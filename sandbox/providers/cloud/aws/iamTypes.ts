import type { JsonObject } from "../../skeleton/json";
import { known, text, type CloudType } from "../cloudType";
import { globalArn, iamId } from "../identifiers";
import { refer } from "../references";
import { policyProblems } from "./policyProblems";

/** Characters that IAM takes, spaces not counted: of a managed policy, of all inline ones of a role, of trust. */
const MANAGED_LIMIT = 6144;
const INLINE_LIMIT = 10_240;
const TRUST_LIMIT = 2048;

const named = (inputs: JsonObject): string => text(inputs, "name");

/** A resource whose id is its name. */
const byName = {
  id: ({ inputs }: { inputs: JsonObject }) => named(inputs),
  hasGeneratedId: false,
  nameInput: "name",
};

/** `role/a/path/name`. */
function pathTo(kind: string, inputs: JsonObject): string {
  return `${kind}${known(inputs, "path") ?? "/"}${named(inputs)}`;
}

/** Roles, and what they may do. */
export const iamTypes: Readonly<Record<string, CloudType>> = {
  "aws:iam/role:Role": {
    ...byName,
    outputs: ({ place, seed, inputs, before, now }) => ({
      arn: globalArn(place, "iam", pathTo("role", inputs)),
      createDate: before?.["createDate"] ?? now,
      maxSessionDuration: 3600,
      path: "/",
      uniqueId: iamId("AROA", seed),
    }),
    fixed: ["name", "namePrefix", "path"],
    check: (inputs) => policyProblems(inputs, "assumeRolePolicy", TRUST_LIMIT),
    held: () =>
      "DeleteConflict: Cannot delete entity, must detach all policies and delete all inline ones first.",
  },

  "aws:iam/rolePolicy:RolePolicy": {
    ...byName,
    id: ({ inputs }) => `${text(inputs, "role")}:${named(inputs)}`,
    outputs: () => ({}),
    fixed: ["name", "namePrefix", "role"],
    check: (inputs) => policyProblems(inputs, "policy", INLINE_LIMIT),
    refers: ({ inputs }) => refer(inputs, "role", "role", { holds: true }),
  },

  "aws:iam/policy:Policy": {
    ...byName,
    id: ({ place, inputs }) => globalArn(place, "iam", pathTo("policy", inputs)),
    outputs: ({ seed }, id) => ({
      arn: id,
      attachmentCount: 0,
      path: "/",
      policyId: iamId("ANPA", seed),
    }),
    fixed: ["name", "namePrefix", "path", "description"],
    check: (inputs) => policyProblems(inputs, "policy", MANAGED_LIMIT),
    held: () => "DeleteConflict: Cannot delete a policy attached to entities.",
  },

  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    id: ({ inputs }) => `${text(inputs, "role")}-${text(inputs, "policyArn")}`,
    hasGeneratedId: false,
    outputs: () => ({}),
    fixed: ["role", "policyArn"],
    refers: ({ inputs }) => [
      ...refer(inputs, "role", "role", { holds: true }),
      ...refer(inputs, "policyArn", "policy", { holds: true }),
    ],
  },

  "aws:iam/instanceProfile:InstanceProfile": {
    ...byName,
    outputs: ({ place, seed, inputs, before, now }) => ({
      arn: globalArn(place, "iam", pathTo("instance-profile", inputs)),
      createDate: before?.["createDate"] ?? now,
      path: "/",
      uniqueId: iamId("AIPA", seed),
    }),
    fixed: ["name", "namePrefix", "path"],
    refers: ({ inputs }) => refer(inputs, "role", "role", { holds: true }),
  },
};
