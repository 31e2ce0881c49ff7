// Runs in the network namespace of a container, which only a process of its own can enter: takes an
// errand from standard input and writes the answers to standard output.
import { request } from "node:http";
import { text as read } from "node:stream/consumers";

import type { Errand, HttpAnswer, HttpRequest } from "./http";

const TIMEOUT_MILLISECONDS = 120_000;

async function send(port: number, { method, path, headers, body }: HttpRequest) {
  const start = performance.now();
  const elapsed = (): number => performance.now() - start;
  return new Promise<HttpAnswer>((resolve) => {
    const fail = (error: Error): void => {
      const none = { status: 0, headers: {}, body: "" };
      resolve({ ...none, milliseconds: elapsed(), error: error.message });
    };
    const options = { port, host: "127.0.0.1", method, path, headers, agent: false as const };
    const sent = request({ ...options, timeout: TIMEOUT_MILLISECONDS }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", fail);
      answer.on("end", () => {
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString("base64"),
          milliseconds: elapsed(),
        });
      });
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", fail);
    sent.end(body);
  });
}

async function main(): Promise<void> {
  const { port, requests, atOnce } = JSON.parse(await read(process.stdin)) as Errand;
  const answers: HttpAnswer[] = [];
  if (atOnce) {
    answers.push(...(await Promise.all(requests.map((each) => send(port, each)))));
  } else {
    for (const each of requests) answers.push(await send(port, each));
  }
  process.stdout.write(JSON.stringify(answers));
}

void main();
