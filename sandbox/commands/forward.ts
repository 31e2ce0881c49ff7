import { once } from "node:events";

import { Command } from "commander";

import { forwardPort } from "../browser/forwardPort";
import { forwardReport } from "../browser/forwardReport";
import { neededEdge } from "../cluster/edge/neededEdge";
import { PORTS } from "../cluster/edge/places";
import { APP_HOST } from "../cluster/edge/zone";
import { nameOption, portNumber } from "./options";

/** `forward`: the way to the app for a browser of the user's own. */
export function forwardCommand(): Command {
  return new Command("forward")
    .description("lets a browser of your own at the app, through a port of 127.0.0.1, until Ctrl-C")
    .option("--port <port>", "port of 127.0.0.1 to listen on", portNumber, 8443)
    .addOption(nameOption())
    .action(async ({ name, port }: { name: string; port: number }) => {
      const { address, rootPath } = await neededEdge(name);
      const forward = await forwardPort(port, { name, host: address, port: PORTS.websecure });
      console.log(forwardReport({ name, host: APP_HOST, port: forward.port, rootPath }));
      // To be interrupted is how it ends, and no failure.
      await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
      await forward.close();
    });
}
