import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { TLSSocket, type DetailedPeerCertificate } from "node:tls";

import { messageOf } from "../../host/errors";
import { UserError } from "../../host/userError";
import type { Edge } from "../cluster/edge/edge";

/** What an app answered by https, and the certificate with which it proved who it is. */
export interface HttpsAnswer {
  /** HTTP status. */
  status: number;
  body: string;
  /** Name of the CA that signed the certificate. */
  issuer: string;
  /** Serial number, in hexadecimal. */
  serial: string;
  validTo: Date;
}

/** Where an edge serves a URL, and whom one believes. */
export type Way = Pick<Edge, "address" | "rootPath">;

const POLL_MS = 1000;

/**
 * Asks an app by https through Traefik, once: the name is resolved to the edge's address, and the
 * certificate must be for it and of the edge's ACME server.
 *
 * @param url of a host in the edge's zone.
 */
export async function askByHttps(url: string, { address, rootPath }: Way): Promise<HttpsAnswer> {
  const { hostname, pathname, port } = new URL(url);
  const options = {
    host: address,
    port,
    path: pathname,
    servername: hostname,
    headers: { host: hostname },
    ca: await readFile(rootPath),
    agent: false,
    timeout: 5000,
  };
  return new Promise((resolve, reject) => {
    const call = request(options, (response) => {
      const { socket } = response;
      if (!(socket instanceof TLSSocket)) throw new TypeError("https without TLS");
      const certificate = socket.getPeerCertificate(true);
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(chunks).toString("utf8").trim();
        resolve({ status: response.statusCode ?? 0, body, ...factsOf(certificate) });
      });
    });
    call.on("timeout", () => call.destroy(new Error("no answer within 5 s")));
    call.on("error", reject);
    call.end();
  });
}

function factsOf({
  issuer,
  serialNumber,
  valid_to,
}: DetailedPeerCertificate): Pick<HttpsAnswer, "issuer" | "serial" | "validTo"> {
  return { issuer: String(issuer.CN), serial: serialNumber, validTo: new Date(valid_to) };
}

/**
 * Waits until an app answers by https. Its certificate is there; Traefik may not have read it yet, for
 * which it takes some two seconds.
 *
 * @param patienceMs How long to wait, in milliseconds. @default 30 s
 * @throws UserError with the last failure, where it takes too long.
 */
export async function untilHttpsAnswers(
  url: string,
  way: Way,
  { signal, patienceMs = 30_000 }: { signal?: AbortSignal; patienceMs?: number } = {},
): Promise<HttpsAnswer> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    let failure: string;
    try {
      const answer = await askByHttps(url, way);
      if (answer.status === 200) return answer;
      failure = `its status is ${String(answer.status)}`;
    } catch (error) {
      failure = messageOf(error);
    }
    if (Date.now() > deadline) {
      const seconds = String(patienceMs / 1000);
      throw new UserError(`${url} has not answered for ${seconds} s: ${failure}.`);
    }
    await sleep(POLL_MS, undefined, { ...(signal && { signal }) });
  }
}

/** What was answered, who says so, and how to see it by hand. */
export function httpsReport(url: string, answer: HttpsAnswer, { address, rootPath }: Way): string {
  const { hostname } = new URL(url);
  const until = answer.validTo.toISOString().slice(0, 10);
  return [
    `${url} answers: ${answer.body}`,
    `Its certificate is of ${answer.issuer}, valid until ${until}. To see for yourself:`,
    `  curl --cacert ${rootPath} --resolve ${hostname}:443:${address} ${url}`,
  ].join("\n");
}
