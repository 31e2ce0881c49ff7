import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";

import { PORT_NAMES, type Ports } from "./topology";

/** A port for each server that nobody listens on, on loopback. */
export async function freePorts(): Promise<Ports> {
  // All are held at once, so that none is given twice.
  const servers = PORT_NAMES.map(() => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const entries = PORT_NAMES.map((name, index) => [name, portOf(servers[index])]);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return Object.fromEntries(entries) as Ports;
}

function portOf(server: Server | undefined): number {
  return (server?.address() as AddressInfo).port;
}
