import type * as z from "zod";

/**
 * What a wrong value plainly means, where a schema takes that: text that should be a number, or true
 * or false; a name in upper case; the name in a URL, with letters beyond a-z as punycode; the role
 * of a session.
 */
export function meantBy(value: unknown, schema: z.ZodType): string | number | boolean | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text === "") return undefined;
  const lower = text.toLowerCase();
  const readings = [text, Number(text), lower === "true", lower, hostOf(text), roleOf(text)];
  const isFlag = lower === "true" || lower === "false";
  return readings.find(
    (reading) => (typeof reading !== "boolean" || isFlag) && schema.safeParse(reading).success,
  );
}

/** The host in what may be a URL, or its beginning. */
function hostOf(text: string): string | undefined {
  const url = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, "") : undefined;
}

/**
 * The role that a session of STS is of. Of a role with a path, which the session does not tell, such
 * as those of IAM Identity Center, there is none.
 */
function roleOf(text: string): string | undefined {
  const [, partition, account, role] =
    /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/(?!AWSReservedSSO_)([^/]+)\/[^/]+$/.exec(text) ??
    [];
  return role && `arn:${String(partition)}:iam::${String(account)}:role/${role}`;
}
