import { isIPv4, isIPv6 } from "node:net";

import * as z from "zod";

import { DNS_LABEL, LABEL } from "../components/dnsLabel";
import {
  CPU_ALLOWED,
  CPU_QUANTITY,
  MEMORY_ALLOWED,
  MEMORY_QUANTITY,
  parseMemory,
} from "../components/httpbin/quantity";

declare module "zod" {
  interface GlobalMeta {
    /** What may be given, in words, for messages and docs. */
    allowed?: string;
    /** A value that may be given, for the command that mends a wrong one. */
    example?: string | number | boolean;
    /** Whether a wrong value may be a secret that stands in the wrong place: it is never shown. */
    hidden?: boolean;
  }
}

interface Field extends z.GlobalMeta {
  description: string;
  allowed: string;
  example: string | number;
}

type Check = (text: string) => boolean;
const ALWAYS: Check = () => true;

function text(pattern: RegExp, field: Field, check = ALWAYS) {
  return z.string().regex(pattern).refine(check).meta(field);
}

/** Text that may come as a number: `pulumi config set --path` makes one of what looks like it. */
function textOrNumber(pattern: RegExp, field: Field, check = ALWAYS) {
  return z
    .union([z.string(), z.number()])
    .pipe(z.coerce.string<string | number>().regex(pattern).refine(check))
    .meta(field);
}

const DNS_NAME = new RegExp(`^(?=.{1,253}$)(?:${LABEL}\\.)+(?!\\d+$)${LABEL}$`);

/** A fully qualified DNS name. */
export const dnsName = (description: string, example: string) =>
  text(DNS_NAME, {
    description,
    example,
    allowed:
      "a DNS name in lower case with a dot in it, no port or path, letters beyond a-z as punycode",
  });

/** A name that Kubernetes takes for a namespace. */
export const dnsLabel = (description: string, example: string) =>
  textOrNumber(DNS_LABEL, {
    description,
    example,
    allowed: "lower-case letters, digits and dashes, at most 63, no dash at either end",
  });

/** A name that Kubernetes takes for most other objects. */
export const objectName = (description: string, example: string) =>
  textOrNumber(new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`), {
    description,
    example,
    allowed: "lower-case letters, digits, dashes and dots, at most 253",
  });

// The grammar of the OCI distribution spec, with a tag or a digest asked for, and `latest` refused.
const IMAGE_PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const IMAGE_HOST = "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\\d+)?/)?";
const IMAGE_TAG = ":(?!latest(?:@|$))\\w[\\w.-]{0,127}";
const IMAGE_DIGEST = "@sha256:[a-f0-9]{64}";
const IMAGE = new RegExp(
  `^${IMAGE_HOST}${IMAGE_PART}(?:/${IMAGE_PART})*(?:${IMAGE_TAG}|(?:${IMAGE_TAG})?${IMAGE_DIGEST})$`,
);

/** A container image that names one version. */
export const image = (description: string, example: string) =>
  text(IMAGE, {
    description,
    example,
    allowed: "an image with a tag other than latest, a sha256 digest, or both",
  });

/** A Kubernetes quantity of cpu. */
export const cpu = (description: string, example: string) =>
  textOrNumber(CPU_QUANTITY, { description, example, allowed: CPU_ALLOWED });

/** A Kubernetes quantity of memory. */
export const memory = (description: string, example: string) =>
  textOrNumber(
    MEMORY_QUANTITY,
    { description, example, allowed: MEMORY_ALLOWED },
    (amount) => parseMemory(amount) !== undefined,
  );

/** A whole number within bounds. */
export const integer = (description: string, min: number, max: number, example: number) =>
  z
    .int()
    .min(min)
    .max(max)
    .meta({
      description,
      example,
      allowed: `a whole number from ${String(min)} to ${String(max)}`,
    });

/** One of a few words. */
export const choice = <const T extends readonly [string, ...string[]]>(
  description: string,
  words: T,
) => z.enum(words).meta({ description, example: words[0], allowed: `one of: ${words.join(", ")}` });

/** Yes or no. */
export const flag = (description: string) =>
  z.boolean().meta({ description, example: true, allowed: "true or false" });

/** Text of one line that is not empty. */
export const line = (description: string, example: string, allowed = "text on one line") =>
  textOrNumber(/^\S(?:.*\S)?$/, { description, example, allowed });

/** Path of a file. Its pattern takes no file's contents, which may be a secret. */
export const filePath = (description: string, example: string) =>
  text(/^(?=.{1,255}$)[^\s{](?:[^\n{]*[^\s{])?$/, {
    description,
    example,
    allowed: "the path of a file, at most 255 characters on one line, without {",
    hidden: true,
  });

const HOST = new RegExp(`^(?:${LABEL}\\.)*(?!\\d+$)${LABEL}$`, "i");

/** Whether a text is `host:port` or `[v6]:port`. */
function isHostPort(address: string): boolean {
  const [, host = "", v6 = "", port = ""] =
    /^(?:([^\s:[\]]+)|\[([^\s[\]]+)\]):([1-9]\d{0,4})$/.exec(address) ?? [];
  return Number(port) <= 65_535 && (isIPv4(host) || HOST.test(host) || isIPv6(v6));
}

/** A server's address with its port. */
export const hostPort = (description: string, example: string) =>
  text(
    /^\S+:\d+$/,
    { description, example, allowed: "host:port, or [address]:port for IPv6" },
    isHostPort,
  );

/** A DNS resolver that is asked directly or over HTTPS. */
export const resolver = (description: string, example: string) =>
  text(
    /^(?:https:\/\/\S+|\S+:\d+)$/,
    {
      description,
      example,
      allowed: "host:port, [address]:port for IPv6, or the https URL of a DNS-over-HTTPS endpoint",
    },
    (address) => (address.startsWith("https://") ? URL.canParse(address) : isHostPort(address)),
  );

/** Text that follows a pattern of its own. */
export const pattern = (regex: RegExp, field: Field, check = ALWAYS) => text(regex, field, check);

/** As `pattern`, for what may look like a number. */
export const numericPattern = (regex: RegExp, field: Field) => textOrNumber(regex, field);

/** A secret: given encrypted, in a key of its own. */
export const secret = (description: string, allowed: string) =>
  z.string().min(1).meta({ description, allowed });

/** One of a few numbers. */
export const numberAmong = (description: string, numbers: readonly number[], example: number) =>
  z
    .int()
    .refine((number) => numbers.includes(number))
    .meta({ description, example, allowed: `one of: ${numbers.join(", ")}` });

/** A list of what one field describes. */
export const list = <T extends z.ZodType>(element: T, description: string, least = 0) => {
  const { allowed = "", example } = element.meta() ?? {};
  return z
    .array(element)
    .min(least)
    .meta({
      description,
      allowed: `a list, each: ${allowed}${least === 0 ? "" : `; at least ${String(least)}`}`,
      ...(example !== undefined && { example }),
    });
};
