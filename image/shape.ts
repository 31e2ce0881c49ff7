import { text, type HttpAnswer } from "./http";

/** Headers that say how an answer is meant. The rest depends on the server in front. */
const MEANT_HEADERS = [
  "content-type",
  "content-encoding",
  "location",
  "set-cookie",
  "www-authenticate",
  "etag",
  "cache-control",
  "link",
  "access-control-allow-origin",
  "x-more",
];

/** What two servers must have in common in their answers to the same request. */
export interface AnswerShape {
  status: number;
  headers: Record<string, unknown>;
  /** Keys and types for JSON, the content for text, the first bytes and the length for the rest. */
  body: unknown;
}

/** The shape of an answer: with what differs from request to request left out. */
export function answerShape(answer: HttpAnswer): AnswerShape {
  const type = String(answer.headers["content-type"] ?? "");
  const encoded = answer.headers["content-encoding"] !== undefined;
  const headers = Object.fromEntries(
    MEANT_HEADERS.flatMap((name) => {
      const value = answer.headers[name];
      return value === undefined ? [] : [[name, withoutHost(String(value))]];
    }),
  );
  return { status: answer.status, headers, body: bodyShape(answer, type, encoded) };
}

function bodyShape(answer: HttpAnswer, type: string, encoded: boolean): unknown {
  const bytes = Buffer.from(answer.body, "base64");
  // How well a body is compressed is up to the library; tests decode it and look inside. An answer to
  // HEAD has the type of a body that it does not have.
  if (encoded || bytes.length === 0) return { empty: bytes.length === 0 };
  if (type.includes("json")) return jsonShape(parsed(answer));
  if (/^text|xml/.test(type)) return withoutHost(text(answer));
  return { start: bytes.subarray(0, 8).toString("hex"), length: bytes.length };
}

/** A stream of JSON has one value a line. */
function parsed(answer: HttpAnswer): unknown {
  const content = text(answer);
  try {
    return JSON.parse(content);
  } catch {
    return content
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
  }
}

/** The same structure with the name of its type in the place of each value. */
export function jsonShape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonShape);
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => [key, jsonShape(inner)] as const);
    return Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
  }
  return value === null ? "null" : typeof value;
}

/** The port is another one for each server, and a nonce for each request. */
function withoutHost(content: string): string {
  return content
    .replaceAll(/127\.0\.0\.1:\d+/g, "HOST")
    .replaceAll(/(nonce|opaque)="?[0-9a-f]+"?/g, "$1=ANY");
}
