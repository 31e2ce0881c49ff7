import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener } from "node:http";

/** What is answered: a text, or the HTTP status with which a request is refused. */
type Answer = string | number;

/**
 * What an EC2 instance finds at the link-local address: its metadata, by IMDSv2, and beside them a
 * stand-in for the parameter store and for the auto scaling group. What is in the store is only ever
 * in the memory of this process.
 */
export class InstanceService {
  private readonly tokens = new Set<string>();
  private readonly parameters = new Map<string, string>();
  private readonly calls: string[] = [];
  private lifecycle = "InService";

  /** @param instanceId Id of the EC2 instance. */
  constructor(private readonly instanceId: string) {}

  /** What the instance asks. Who shows no token of this service is told nothing. */
  readonly forInstance: RequestListener = (request, response) => {
    void read(request).then((body) => {
      const answer = this.answer(request, body);
      if (typeof answer === "string") response.end(answer);
      else response.writeHead(answer).end();
    });
  };

  /** What the world outside of the instance sets; answered with the calls that the instance made. */
  readonly forWorld: RequestListener = (request, response) => {
    void read(request).then((body) => {
      const { pathname, searchParams } = urlOf(request);
      if (pathname === "/parameter") this.parameters.set(searchParams.get("name") ?? "", body);
      if (pathname === "/lifecycle") this.lifecycle = body;
      response.end(JSON.stringify(this.calls));
    });
  };

  private answer(request: IncomingMessage, body: string): Answer {
    const { pathname, searchParams } = urlOf(request);
    if (pathname === "/latest/api/token") return this.giveToken(request);
    const shown = request.headers["x-aws-ec2-metadata-token"];
    if (typeof shown !== "string" || !this.tokens.has(shown)) return 401;
    switch (pathname) {
      case "/latest/meta-data/instance-id":
        return this.instanceId;
      case "/latest/meta-data/autoscaling/target-lifecycle-state":
        return this.lifecycle;
      case "/sandbox/parameter":
        return this.parameters.get(searchParams.get("name") ?? "") ?? 404;
      case "/sandbox/calls":
        this.calls.push(body);
        return "";
      default:
        return 404;
    }
  }

  private giveToken(request: IncomingMessage): Answer {
    if (request.method !== "PUT") return 405;
    if (request.headers["x-aws-ec2-metadata-token-ttl-seconds"] === undefined) return 400;
    const token = randomBytes(32).toString("base64");
    this.tokens.add(token);
    return token;
  }
}

function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? "", "http://service");
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
