import { join } from "node:path";

/** A request to httpbin. */
export interface HttpRequest {
  /** @default "GET" */
  method?: string;
  /** Path and query. */
  path: string;
  headers?: Record<string, string>;
  /** What is sent: in chunks where `headers` has no Content-Length. */
  body?: string;
}

/** What came back, or why nothing did. */
export interface HttpAnswer {
  /** 0 where there was no answer. */
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The bytes as they came over the wire, in base64. */
  body: string;
  /** From the start of the request to the end of the answer. */
  milliseconds: number;
  /** Undefined where there was an answer. */
  error?: string;
}

/** Requests for the client that runs in the network of a container. */
export interface Errand {
  port: number;
  requests: HttpRequest[];
  /** Whether all are sent at once, rather than each after the answer to the one before. */
  atOnce: boolean;
}

/** The body of an answer as text. */
export function text(answer: HttpAnswer): string {
  return Buffer.from(answer.body, "base64").toString("utf8");
}

/** Runs the client where `runner` runs programs, and gives its answers in the order asked. */
export async function sendFrom(
  runner: (program: string, args: string[], input: string) => Promise<string>,
  errand: Errand,
): Promise<HttpAnswer[]> {
  const client = ["--import", "tsx", join(__dirname, "httpClient.ts")];
  return JSON.parse(await runner(process.execPath, client, JSON.stringify(errand))) as HttpAnswer[];
}
