import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";

import { selfSigned } from "./certificates";
import { base64 } from "./kubeconfig";
import { listening } from "./listening";

/** A TLS server of this machine that answers where a cluster's API would. */
export interface ApiStandIn {
  /** `https://localhost:…` */
  endpoint: string;
  /** PEM of its certificate, which is its own CA. */
  ca: string;
  /** The same in base64, as EKS gives it. */
  certificateAuthority: string;
  /** What it has been asked. */
  requests: IncomingMessage[];
  close(): Promise<void>;
}

/**
 * Starts a stand-in on a free port of the loopback interface.
 *
 * @param answer - The status to answer with. Undefined ends the connection without one.
 */
export async function apiStandIn(
  answer: () => number | undefined | Promise<number | undefined> = () => 200,
): Promise<ApiStandIn> {
  const { certificate, key } = await selfSigned();
  const requests: IncomingMessage[] = [];
  const server = createServer({ cert: certificate, key }, (request, response) => {
    requests.push(request);
    void Promise.resolve(answer()).then((status) => {
      if (status === undefined) request.socket.destroy();
      else response.writeHead(status).end();
    });
  });
  const { port, close } = await listening(server, "localhost");
  return {
    endpoint: `https://localhost:${String(port)}`,
    ca: certificate,
    certificateAuthority: base64(certificate),
    requests,
    close,
  };
}
