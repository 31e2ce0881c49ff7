import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

import { ISSUED, type Cluster } from "./certManager";
import { selfSigned } from "./certificates";
import { listening } from "./listening";

/** What the API of a cluster was asked. */
export interface ApiCall {
  method: string;
  /** Path and query, decoded. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Name in the client certificate; undefined where none was shown. */
  client?: string;
}

/** What it answers: a status and a body. Undefined: nothing at all. */
export type ApiAnswer = { status: number; body: unknown } | undefined;

/** A TLS server of this machine that answers where a cluster's API would. */
export interface KubernetesStandIn {
  /** `https://localhost:…` */
  endpoint: string;
  /** PEM of its certificate, which is its own CA. */
  ca: string;
  calls: ApiCall[];
  close(): Promise<void>;
}

/** Starts a stand-in on a free port of the loopback interface. */
export async function kubernetesStandIn(
  answer: (call: ApiCall) => ApiAnswer,
): Promise<KubernetesStandIn> {
  const { certificate, key } = await selfSigned();
  const calls: ApiCall[] = [];
  const options = { cert: certificate, key, requestCert: true, rejectUnauthorized: false };
  const server = createServer(options, (request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { method = "", url = "", headers, socket } = request;
      const client = clientOf(socket);
      const asked = { method, url: decodeURIComponent(url), headers, body };
      const call = { ...asked, ...(client !== undefined && { client }) };
      calls.push(call);
      const answered = answer(call);
      if (answered === undefined) return;
      response.writeHead(answered.status, { "content-type": "application/json" });
      response.end(JSON.stringify(answered.body));
    });
  });
  const { port, close } = await listening(server, "localhost");
  return {
    endpoint: `https://localhost:${String(port)}`,
    ca: certificate,
    calls,
    close,
  };
}

/** Answers as a cluster does that has some objects of cert-manager's. */
export function answersOf(cluster: Cluster = ISSUED): (call: ApiCall) => ApiAnswer {
  const lists: Record<string, unknown[]> = {
    certificates: [cluster.certificate],
    clusterissuers: [cluster.issuer],
    certificaterequests: [cluster.request],
    orders: [cluster.order],
    challenges: cluster.challenges ?? [],
    events: cluster.events ?? [],
  };
  return ({ method, url }) => {
    if (method !== "GET") return { status: 200, body: {} };
    const plural = /\/([a-z]+)\?/.exec(`${url}?`)?.[1] ?? "";
    if (cluster.hidden?.includes(plural) === true) return refusal(403, "Forbidden");
    const items = lists[plural]?.filter((item) => item !== undefined);
    return items === undefined ? refusal(404, "NotFound") : { status: 200, body: { items } };
  };
}

/** As Kubernetes says no. */
export function refusal(status: number, reason: string): ApiAnswer {
  return { status, body: { kind: "Status", status: "Failure", reason, code: status } };
}

function clientOf(socket: Socket): string | undefined {
  const subject = socket instanceof TLSSocket ? socket.getPeerCertificate().subject : undefined;
  return (subject as { CN?: string } | undefined)?.CN;
}
