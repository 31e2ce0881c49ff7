import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { pythonEnvironment } from "../host/pythonEnvironment";
import { run, start } from "../host/run";
import { UserError } from "../host/userError";
import type { BuildContext } from "./context";
import { sendFrom, type HttpAnswer, type HttpRequest } from "./http";
import { IMAGE_FOLDER, inputsKey } from "./inputs";

/** httpbin as it comes from PyPI, on this machine's Python and Flask's own server. */
export interface Reference {
  send(requests: HttpRequest[]): Promise<HttpAnswer[]>;
  stop(): Promise<void>;
}

/** Installs the versions that the image has into a virtual environment, and runs them. */
export async function startReference(context: BuildContext): Promise<Reference> {
  const requirements = join(IMAGE_FOLDER, "requirements.txt");
  const packages = ["--no-deps", "--require-hashes", "--requirement", requirements];
  const cache = join(context.cache, `reference-${await inputsKey()}`);
  const python = join(await pythonEnvironment(cache, packages, context), "python");
  const port = await freePort();
  const server = await start(python, ["-m", "httpbin.core", "--port", String(port)]);
  const send = (requests: HttpRequest[]): Promise<HttpAnswer[]> =>
    sendFrom((program, args, input) => run(program, args, { input }), {
      port,
      requests,
      atOnce: false,
    });
  const stop = async (): Promise<void> => {
    server.kill();
    await server.ended;
  };
  for (let tries = 0; tries < 40; tries++) {
    const [answer] = await send([{ path: "/status/200" }]);
    if (answer?.status === 200) return { send, stop };
    await sleep(250);
  }
  await stop();
  throw new UserError(`httpbin from PyPI does not answer:\n${server.output()}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return address.port;
}
