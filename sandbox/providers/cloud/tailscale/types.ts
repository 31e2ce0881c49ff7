import { known, knownList, text, type CloudType } from "../cloudType";
import { hex } from "../identifiers";
import { devices } from "./routers";

/** The longest description of a key that Tailscale takes. */
const DESCRIPTION_LENGTH = 50;

/** Scopes of which a client must name the tags that it may give out. */
const TAGGED_SCOPES = ["auth_keys", "devices:core", "all"];

const DAY_SECONDS = 86_400;

/** What is said where a policy file would be overwritten that somebody wrote. */
export const NOT_TO_OVERWRITE =
  "You seem to be trying to overwrite a non-default policy with a tailscale_acl resource. " +
  "Before doing this, please import your existing policy or set overwriteExistingContent.";

/** An id as Tailscale gives them, such as `kAbC1…CNTRL`. */
function controlId(seed: string): string {
  return `k${hex(`key ${seed}`, 12)}CNTRL`;
}

/** What is on a tailnet. */
export const tailscaleTypes: Readonly<Record<string, CloudType>> = {
  "tailscale:index/oauthClient:OauthClient": {
    id: ({ seed }) => controlId(seed),
    hasGeneratedId: true,
    outputs: ({ seed, before, now }, id) => ({
      createdAt: before?.["createdAt"] ?? now,
      key: before?.["key"] ?? `tskey-client-${id}-${hex(`secret ${seed}`, 32)}`,
      updatedAt: now,
      userId: "",
    }),
    fixed: [],
    volatile: ["updatedAt"],
    check: (inputs) => [
      ...descriptionProblems(known(inputs, "description")),
      ...(knownList(inputs, "scopes").some((scope) => TAGGED_SCOPES.includes(scope)) &&
      (inputs["tags"] === undefined ||
        (Array.isArray(inputs["tags"]) && inputs["tags"].length === 0))
        ? [{ property: "tags", reason: `${TAGGED_SCOPES.join(", ")}: these scopes need tags` }]
        : []),
    ],
  },

  "tailscale:index/tailnetKey:TailnetKey": {
    id: ({ seed }) => controlId(seed),
    hasGeneratedId: true,
    outputs: ({ seed, inputs, before, now }, id) => {
      const seconds = Number(inputs["expiry"] ?? 90 * DAY_SECONDS);
      return {
        createdAt: before?.["createdAt"] ?? now,
        expiresAt:
          before?.["expiresAt"] ?? new Date(Date.parse(now) + seconds * 1000).toISOString(),
        invalid: false,
        key: before?.["key"] ?? `tskey-auth-${id}-${hex(`secret ${seed}`, 32)}`,
        userId: "",
      };
    },
    fixed: ["description", "ephemeral", "expiry", "preauthorized", "reusable", "tags"],
    check: (inputs) => descriptionProblems(known(inputs, "description")),
  },

  "tailscale:index/deviceSubnetRoutes:DeviceSubnetRoutes": {
    id: ({ seed }) => hex(`routes ${seed}`, 32),
    hasGeneratedId: true,
    outputs: () => ({}),
    fixed: [],
    refused: ({ inputs, existence }) => {
      const deviceId = text(inputs, "deviceId");
      return devices(existence).some(({ id, nodeId }) => [id, nodeId].includes(deviceId))
        ? undefined
        : `Failed to set device subnet routes: no such device (404): ${deviceId}`;
    },
  },

  "tailscale:index/dnsSplitNameservers:DnsSplitNameservers": {
    id: ({ inputs }) => text(inputs, "domain"),
    hasGeneratedId: false,
    isSetting: true,
    outputs: () => ({}),
    fixed: ["domain"],
  },

  "tailscale:index/acl:Acl": {
    id: () => "acl",
    hasGeneratedId: false,
    isSetting: true,
    outputs: () => ({}),
    fixed: [],
    refused: ({ inputs, before }) =>
      before === undefined && inputs["overwriteExistingContent"] !== true
        ? NOT_TO_OVERWRITE
        : undefined,
  },
};

function descriptionProblems(text: string | undefined): { property: string; reason: string }[] {
  if (text === undefined) return [];
  const isTaken = text.length <= DESCRIPTION_LENGTH && /^[\w -]*$/.test(text);
  const reason = `takes up to ${String(DESCRIPTION_LENGTH)} letters, digits, hyphens and spaces`;
  return isTaken ? [] : [{ property: "description", reason }];
}
