import { request as httpsRequest, type RequestOptions } from "node:https";
import {
  Agent,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { messageOf } from "../../../host/errors";
import type { Json, JsonObject } from "../skeleton/json";
import { ApiError, UnreachableError } from "./apiError";
import type { Access } from "./kubeconfig";

/** How long a connection may take to come about, and a request to be answered, in milliseconds. */
const CONNECT_MS = 5_000;
const ANSWER_MS = 60_000;

/** How long credentials are used before the kubeconfig is asked again, in milliseconds. */
const CREDENTIALS_MS = 30_000;

/** How often a call is made that the server has come back later, as Kubernetes' own clients do. */
const TRIES = 10;

export interface Call {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path from the server's root. */
  path: string;
  query?: Record<string, string>;
  body?: JsonObject;
  /** @default application/json */
  contentType?: string;
  signal?: AbortSignal;
}

/**
 * Speaks JSON with an API server. Objects go both ways as they are: a typed client would drop the
 * fields that it does not know.
 */
export class ApiClient {
  #credentials: { options: RequestOptions; until: number } | undefined;

  constructor(readonly access: Access) {}

  /**
   * @throws ApiError where the server refuses, UnreachableError where there is no answer.
   */
  async call({
    method = "GET",
    path,
    query,
    body,
    contentType,
    signal,
  }: Call): Promise<JsonObject> {
    const url = new URL(this.access.server + path);
    for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, value);
    const credentials = await this.credentials();
    const content = body === undefined ? undefined : JSON.stringify(body);
    const options: RequestOptions = {
      ...credentials,
      method,
      headers: {
        ...(credentials.headers as OutgoingHttpHeaders | undefined),
        accept: "application/json",
        ...(content !== undefined && {
          "content-type": contentType ?? "application/json",
          // Node does not say it of a DELETE by itself, and the server then takes no body.
          "content-length": Buffer.byteLength(content),
        }),
      },
      timeout: ANSWER_MS,
      ...(signal !== undefined && { signal }),
    };
    const { status, text } = await this.sendPatiently(url, options, content);
    const answer = parse(text);
    if (status === 401) {
      throw new ApiError(
        status,
        "Unauthorized",
        `The API server at ${this.access.server} does not know the kubeconfig's user. See that ` +
          "its credentials are this cluster's and have not run out.",
      );
    }
    if (status >= 400) throw ApiError.of(status, answer);
    return answer as JsonObject;
  }

  private async credentials(): Promise<RequestOptions> {
    const now = Date.now();
    if (this.#credentials !== undefined && this.#credentials.until > now) {
      return this.#credentials.options;
    }
    const options: RequestOptions = {};
    try {
      await this.access.config.applyToHTTPSOptions(options);
    } catch (error) {
      throw new UnreachableError(
        `The kubeconfig's user has no credentials for ${this.access.server}: ${messageOf(error)}.`,
        { cause: error },
      );
    }
    if (options.agent instanceof Agent) Object.assign(options.agent, { keepAlive: true });
    this.#credentials = { options, until: now + CREDENTIALS_MS };
    return options;
  }

  /** Comes back when the server says so: it is busy, or only begins to serve a new kind. */
  private async sendPatiently(
    url: URL,
    options: RequestOptions,
    content: string | undefined,
  ): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      const answer = await this.send(url, options, content);
      const { status, retryAfter } = answer;
      if (status !== 429 || retryAfter === undefined || tries === TRIES) return answer;
      await sleep(retryAfter * 1000, undefined, { signal: options.signal });
    }
  }

  private async send(
    url: URL,
    options: RequestOptions,
    content: string | undefined,
    isSecondTry = false,
  ): Promise<Answer> {
    const connection = { wasKept: false };
    try {
      return await new Promise((resolve, reject) => {
        const start = url.protocol === "http:" ? httpRequest : httpsRequest;
        const request = start(url, options, (response) => {
          collect(response).then((text) => {
            const seconds = response.headers["retry-after"];
            resolve({
              status: response.statusCode ?? 0,
              text,
              ...(seconds !== undefined && { retryAfter: Number(seconds) }),
            });
          }, reject);
        });
        const connecting = setTimeout(() => {
          request.destroy(new Error("no connection in 5 s"));
        }, CONNECT_MS);
        request.once("socket", (socket) => {
          const done = (): void => {
            clearTimeout(connecting);
          };
          if (socket.connecting) socket.once("connect", done);
          else done();
        });
        request.once("timeout", () => request.destroy(new Error("no answer in 60 s")));
        request.once("close", () => {
          clearTimeout(connecting);
        });
        request.once("error", (error) => {
          connection.wasKept = request.reusedSocket;
          reject(error);
        });
        request.end(content);
      });
    } catch (error) {
      if (options.signal?.aborted === true) throw error;
      // A connection that was kept may have died since, which tells nothing of the server. All that
      // is ever asked for may be asked for twice.
      if (connection.wasKept && !isSecondTry) return this.send(url, options, content, true);
      throw new UnreachableError(
        `The API server at ${this.access.server} does not answer (${causeOf(error)}). See that ` +
          "the cluster runs and that this machine reaches it, then run the command again.",
        { cause: error },
      );
    }
  }
}

interface Answer {
  status: number;
  text: string;
  /** In seconds. */
  retryAfter?: number;
}

async function collect(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Where several addresses were tried, each has its own error, and the whole none of its own. */
function causeOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") {
    return error.errors.map(messageOf).join(", ");
  }
  return messageOf(error);
}
