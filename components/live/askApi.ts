import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import type { TLSSocket } from "node:tls";

import { lookupForConnection } from "./systemLookup";

/** An API of Kubernetes, as far as one must know it to ask whether it is ready. */
export interface ApiAddress {
  /** `https://…` */
  endpoint: string;
  /** PEM of the CA that signed its certificate. */
  ca: string;
}

/** How far one request to an API came. */
export type Attempt =
  | {
      /** No connection, a TCP connection, or TLS with a certificate that is right. */
      reached: "nothing" | "tcp" | "tls";
      /** Code of the error that ended it, such as ECONNREFUSED. */
      code: string;
      /** Whether it was ended because the server's certificate is not one that the CA signed. */
      isUntrusted: boolean;
    }
  | { reached: "http"; status: number };

/**
 * Whether the API has answered. It does so also where it refuses one who does not say who he is (401,
 * 403), or asks too many in at once to come back (429): 5xx alone say that it is not ready.
 */
export function hasAnswered(attempt: Attempt): boolean {
  return attempt.reached === "http" && attempt.status < 500;
}

/** Asks an API once whether it is ready, without credentials. Never rejects. */
export async function askApi({ endpoint, ca }: ApiAddress, timeoutMs: number): Promise<Attempt> {
  // Where the name has several addresses, each gets its share of the time; by default it would be a
  // quarter of a second, too little for a path that is relayed.
  const agent = new Agent({ ca, autoSelectFamilyAttemptTimeout: Math.ceil(timeoutMs / 3) });
  const asking = request(new URL("/readyz", endpoint), {
    agent,
    lookup: lookupForConnection,
    signal: AbortSignal.timeout(timeoutMs),
  });
  // Ending a request that is over may bring an error of its own.
  asking.on("error", () => undefined);
  let reached: "nothing" | "tcp" | "tls" = "nothing";
  asking.once("socket", (socket) => {
    socket.once("connect", () => (reached = "tcp"));
    socket.once("secureConnect", () => (reached = "tls"));
  });
  try {
    asking.end();
    const [response] = (await once(asking, "response")) as [IncomingMessage];
    return { reached: "http", status: response.statusCode ?? 0 };
  } catch (error) {
    // Node sets this once it has looked at the certificate, before it gives up the connection.
    const socket = asking.socket as TLSSocket | null;
    return { reached, code: codeOf(error), isUntrusted: Boolean(socket?.authorizationError) };
  } finally {
    asking.destroy();
    agent.destroy();
  }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return code === "ABORT_ERR" ? "ETIMEDOUT" : code;
}
