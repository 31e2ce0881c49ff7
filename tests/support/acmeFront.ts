import { createServer, request } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";

import { selfSigned } from "./certificates";
import { listening } from "./listening";

/** An ACME server of its own name and CA in front of another one, which it can keep orders from. */
export interface AcmeFront {
  /** URL of its directory. */
  directory: string;
  /** PEM of the CA that its clients must trust. */
  caBundle: string;
  /** Until when no order is taken; undefined: all are. */
  limitedUntil: Date | undefined;
  close(): Promise<void>;
}

/** What stands behind. */
export interface AcmeBehind {
  /** URL of its directory. */
  directory: string;
  /** PEM of the CA that signed its certificate. */
  caBundle: string;
}

/**
 * Puts a front before an ACME server. That one names itself in all its URLs as it was asked, and so
 * by the front's address.
 *
 * @param address IP address of this machine to listen on, where the clients reach it.
 */
export async function acmeFront(address: string, behind: AcmeBehind): Promise<AcmeFront> {
  const { certificate, key } = await selfSigned(undefined, [address]);
  const { hostname, port, pathname } = new URL(behind.directory);
  const server = createServer({ cert: certificate, key }, (asked, answer) => {
    const { limitedUntil } = front;
    if (limitedUntil !== undefined && asked.url === "/order-plz") refuse(answer, limitedUntil);
    else pass(asked, answer, { hostname, port, ca: behind.caBundle });
  });
  const { port: own, close } = await listening(server, address);
  const front: AcmeFront = {
    directory: `https://${address}:${String(own)}${pathname}`,
    caBundle: certificate,
    limitedUntil: undefined,
    close,
  };
  return front;
}

/** Hands a call on as it is, its `Host` too, and the answer back. */
function pass(
  asked: IncomingMessage,
  answer: ServerResponse,
  to: { hostname: string; port: string; ca: string },
): void {
  const { method, url: path, headers } = asked;
  const call = request({ ...to, method, path, headers, agent: false }, (back) => {
    answer.writeHead(back.statusCode ?? 502, back.headers);
    back.pipe(answer);
  });
  call.on("error", () => answer.destroy());
  asked.pipe(call);
}

/** The answer of a server that has had too many orders (RFC 8555, section 6.6), in Let's Encrypt's words. */
function refuse(answer: ServerResponse, until: Date): void {
  const time = timeOf(until);
  answer.writeHead(429, {
    "Content-Type": "application/problem+json",
    "Retry-After": until.toUTCString(),
  });
  answer.end(
    JSON.stringify({
      type: "urn:ietf:params:acme:error:rateLimited",
      detail: `too many new orders (300) from this account in the last 3h0m0s, retry after ${time}`,
      status: 429,
    }),
  );
}

/** A time as Let's Encrypt writes it, to the second. */
export function timeOf(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
