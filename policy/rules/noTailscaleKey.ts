import { gunzipSync } from "node:zlib";

import { isValues, type Value } from "../inputs";
import type { RegisteredResource, ResourceRule } from "../rule";

/** Where a key may be: inputs that a provider encrypts, or hands to who asks with rights to. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  "pulumi:providers:tailscale": ["apiKey", "oauthClientSecret"],
  "aws:ssm/parameter:Parameter": ["value"],
  "aws:secretsmanager/secretVersion:SecretVersion": ["secretString"],
  "kubernetes:core/v1:Secret": ["data", "stringData"],
};

/** The first bytes of what gzip has packed. */
const GZIP = Buffer.from([0x1f, 0x8b]);

const KEY = /\btskey-[a-z]+-\w+/;

/** A key to the tailnet is nowhere in the open. */
export const noTailscaleKey: ResourceRule = {
  name: "no-tailscale-key",
  demands: "No key of Tailscale is in user data, or in any other input that is not kept secret.",
  why: "who can describe an instance or read the state could join the tailnet with it",
  allowed: "an SSM parameter of type SecureString, a Secret, or the provider's own secret",
  mend: () =>
    "have the instance read the key when it joins, as components/live/router/routerAccess.ts does; and revoke this one: https://login.tailscale.com/admin/settings/keys",
  judge: (resource) => [
    ...paths(resource.inputs, [])
      .filter((path) => !isKept(resource, path))
      .map(said),
    ...(resource.type === "aws:ssm/parameter:Parameter" &&
    resource.inputs["type"] !== "SecureString" &&
    holdsKey(resource.inputs["value"])
      ? [said("value")]
      : []),
  ],
};

/** Never the key itself: messages go to logs. */
function said(path: string): string {
  return `a key of Tailscale in ${path}`;
}

function isKept({ type }: RegisteredResource, path: string): boolean {
  return (KEPT[type] ?? []).some((input) => path === input || path.startsWith(`${input}.`));
}

/** Paths of all texts with a key in them. */
function paths(value: Value, above: readonly string[]): string[] {
  if (holdsKey(value)) return [above.join(".")];
  const inner = Array.isArray(value)
    ? (value as readonly Value[]).map((it, index) => [String(index), it] as const)
    : isValues(value)
      ? Object.entries(value)
      : [];
  return inner.flatMap(([key, it]) => paths(it, [...above, key]));
}

/** Whether a text has a key in it, as it is or in base64, as user data are, packed or not. */
function holdsKey(value: Value | undefined): boolean {
  if (typeof value !== "string") return false;
  const bytes = Buffer.from(value, "base64");
  return [value, bytes.toString("latin1"), unpacked(bytes)].some((text) => KEY.test(text));
}

/** What cloud-init unpacks; nothing of what is not packed. */
function unpacked(bytes: Buffer): string {
  try {
    return bytes.subarray(0, 2).equals(GZIP) ? gunzipSync(bytes).toString("latin1") : "";
  } catch {
    return "";
  }
}
