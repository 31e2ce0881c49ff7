import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener } from "node:http";

import { messageOf } from "../../../host/errors";
import type { SocketAnswer } from "../askSocket";

/** Asks the fleet. */
export type AskFleet = (method: string, path: string, body?: string) => Promise<SocketAnswer>;

/**
 * What an EC2 instance finds at the link-local address: its metadata, by IMDSv2, and beside them a
 * stand-in for the parameter store and for the auto scaling group. Both are the fleet's, which is asked
 * whenever the instance asks: nothing of them is kept here.
 */
export class InstanceService {
  private readonly tokens = new Set<string>();

  /** @param instanceId Id of the EC2 instance. */
  constructor(
    private readonly instanceId: string,
    private readonly askFleet: AskFleet,
  ) {}

  /** Who shows no token of this service is told nothing. */
  readonly listener: RequestListener = (request, response) => {
    read(request)
      .then((body) => this.answer(request, body))
      .catch((error: unknown) => ({ status: 503, text: messageOf(error) }))
      .then(({ status, text }) => response.writeHead(status).end(text))
      // Whoever asked has gone.
      .catch(() => undefined);
  };

  private async answer(request: IncomingMessage, body: string): Promise<SocketAnswer> {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://service");
    if (pathname === "/latest/api/token") return this.giveToken(request);
    const shown = request.headers["x-aws-ec2-metadata-token"];
    if (typeof shown !== "string" || !this.tokens.has(shown)) return { status: 401, text: "" };
    const self = `name=${this.instanceId}`;
    switch (pathname) {
      case "/latest/meta-data/instance-id":
        return { status: 200, text: this.instanceId };
      case "/latest/meta-data/autoscaling/target-lifecycle-state":
        return this.askFleet("GET", `/lifecycle?${self}`);
      case "/sandbox/parameter":
        return this.askFleet("GET", `/parameter?${searchParams.toString()}`);
      case "/sandbox/calls":
        return this.askFleet("POST", `/call?${self}`, body);
      default:
        return { status: 404, text: "" };
    }
  }

  private giveToken(request: IncomingMessage): SocketAnswer {
    if (request.method !== "PUT") return { status: 405, text: "" };
    if (request.headers["x-aws-ec2-metadata-token-ttl-seconds"] === undefined) {
      return { status: 400, text: "" };
    }
    const token = randomBytes(32).toString("base64");
    this.tokens.add(token);
    return { status: 200, text: token };
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
