import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import type { Server as HttpsServer } from "node:https";
import type { AddressInfo } from "node:net";

/** A server of this machine that listens. */
export interface Listening {
  port: number;
  /** Ends it, and whatever is connected to it. */
  close: () => Promise<void>;
}

/** Has a server listen on a free port. */
export async function listening(
  server: HttpServer | HttpsServer,
  host = "127.0.0.1",
): Promise<Listening> {
  await once(server.listen(0, host), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, "close");
      // In this order, so that nobody comes in between.
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
