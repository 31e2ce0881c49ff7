import { once } from "node:events";
import { createServer, type Server } from "node:http";

/** What a server at a Unix socket was asked. */
export interface SocketCall {
  method: string;
  /** Path and query. */
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** What it answers; undefined has it say 404 as Tailscale does. */
export type SocketReply = { status?: number; body: string | object } | undefined;

/** An HTTP server at a Unix socket, which is asked in place of a real one. */
export class SocketStandIn {
  readonly calls: SocketCall[] = [];

  private constructor(private readonly server: Server) {}

  /** @param answer Asked once for each call. */
  static async start(
    path: string,
    answer: (call: SocketCall) => SocketReply,
  ): Promise<SocketStandIn> {
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const { method = "", url = "", headers } = request;
        const call = { method, path: url, headers, body };
        standIn.calls.push(call);
        const reply = answer(call) ?? { status: 404, body: { message: "not found" } };
        response.writeHead(reply.status ?? 200);
        response.end(typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body));
      });
    });
    const standIn = new SocketStandIn(server);
    await once(server.listen(path), "listening");
    return standIn;
  }

  /** Calls as `METHOD path`, of those that change something. */
  get changes(): string[] {
    return this.calls
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path}`);
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }
}
