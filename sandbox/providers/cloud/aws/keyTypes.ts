import { known, text, type CloudType } from "../cloudType";
import { arn, uuid } from "../identifiers";

/** Keys, and what is kept with them. */
export const keyTypes: Readonly<Record<string, CloudType>> = {
  "aws:kms/key:Key": {
    id: ({ seed }) => uuid(`key ${seed}`),
    hasGeneratedId: true,
    outputs: ({ place }, id) => ({
      arn: arn(place, "kms", `key/${id}`),
      keyId: id,
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
      multiRegion: false,
      isEnabled: true,
    }),
    fixed: ["customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId", "xksKeyId"],
  },

  "aws:kms/alias:Alias": {
    id: ({ inputs }) => text(inputs, "name"),
    hasGeneratedId: false,
    nameInput: "name",
    outputs: ({ place, inputs }) => {
      const target = text(inputs, "targetKeyId");
      return {
        arn: arn(place, "kms", text(inputs, "name")),
        targetKeyArn: target.startsWith("arn:") ? target : arn(place, "kms", `key/${target}`),
      };
    },
    fixed: ["name", "namePrefix"],
    check: (inputs) => {
      const name = known(inputs, "name");
      return name === undefined || name.startsWith("alias/")
        ? []
        : [{ property: "name", reason: `${name} must begin with "alias/"` }];
    },
  },

  "aws:ssm/parameter:Parameter": {
    id: ({ inputs }) => text(inputs, "name"),
    hasGeneratedId: false,
    nameInput: "name",
    outputs: ({ place, inputs, before }) => ({
      arn: arn(place, "ssm", `parameter/${text(inputs, "name").replace(/^\//, "")}`),
      dataType: "text",
      hasValueWo: inputs["valueWo"] !== undefined,
      tier: "Standard",
      version: Number(before?.["version"] ?? 0) + 1,
    }),
    fixed: ["name", "dataType"],
    volatile: ["version"],
    check: (inputs) => {
      const type = known(inputs, "type") ?? "String";
      const types = ["String", "StringList", "SecureString"];
      return types.includes(type)
        ? []
        : [{ property: "type", reason: `${type} is none of ${types.join(", ")}` }];
    },
  },

  "aws:cloudwatch/logGroup:LogGroup": {
    id: ({ inputs }) => text(inputs, "name"),
    hasGeneratedId: false,
    nameInput: "name",
    outputs: ({ place, inputs }) => ({
      arn: arn(place, "logs", `log-group:${text(inputs, "name")}`),
      logGroupClass: "STANDARD",
    }),
    fixed: ["name", "namePrefix", "logGroupClass"],
    check: (inputs) => {
      const days = inputs["retentionInDays"];
      return typeof days !== "number" || RETENTION_DAYS.includes(days)
        ? []
        : [
            {
              property: "retentionInDays",
              reason: `${String(days)} is none of ${RETENTION_DAYS.join(", ")}`,
            },
          ];
    },
  },
};

/** What CloudWatch takes; 0 keeps events for ever. */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
  3288, 3653,
];
