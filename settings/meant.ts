import { closest, distance } from "fastest-levenshtein";
import * as z from "zod";

/**
 * What a wrong value plainly means, where a schema takes that: text that should be a number, or true
 * or false; a name in upper case; the name in a URL, with letters beyond a-z as punycode; the role
 * of a session; a misspelt word, where there are few to choose from.
 */
export function meantBy(value: unknown, schema: z.ZodType): string | number | boolean | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text === "") return undefined;
  const lower = text.toLowerCase();
  const readings = [
    text,
    Number(text),
    lower === "true",
    lower,
    hostOf(text),
    roleOf(text),
    wordOf(lower, schema),
  ];
  const isFlag = lower === "true" || lower === "false";
  return readings.find(
    (reading) => (typeof reading !== "boolean" || isFlag) && schema.safeParse(reading).success,
  );
}

/** The word of a choice that is most like a text, where no more than half of that is wrong. */
function wordOf(text: string, schema: z.ZodType): string | undefined {
  if (!(schema instanceof z.ZodEnum)) return undefined;
  const word = closest(text, schema.options.map(String));
  return distance(text, word) <= text.length / 2 ? word : undefined;
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
