import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

import { codeOf, messageOf } from "../../host/errors";
import { UserError } from "../../host/userError";
import { onCluster } from "../cluster/onCluster";

/** Where a server of a cluster's listens. */
export interface ServerAddress {
  /** Name of the cluster. */
  name: string;
  host: string;
  port: number;
}

/** A port that is forwarded. */
export interface Forward {
  /** The port on 127.0.0.1. */
  port: number;
  /** Ends it, with all connections. */
  close: () => Promise<void>;
}

const LOOPBACK = "127.0.0.1";
const ANSWER_TIMEOUT_MS = 5000;

/**
 * Hands connections to a port of 127.0.0.1 on to a server, byte by byte, so that TLS is between the
 * two ends.
 *
 * @param port 0 takes one that is free.
 * @throws UserError where the server does not answer, or the port cannot be had.
 */
export async function forwardPort(port: number, to: ServerAddress): Promise<Forward> {
  await checkAnswers(to);
  const open = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    return socket.on("close", () => open.delete(socket));
  };
  // Either side may have said all it has, and still listen.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const client = keep(socket);
    const upstream = keep(connect({ host: to.host, port: to.port, allowHalfOpen: true }));
    // What breaks one connection is for its two ends to see: the next may be well.
    const breakOff = (): void => {
      client.destroy();
      upstream.destroy();
    };
    client.on("error", breakOff).pipe(upstream);
    upstream.on("error", breakOff).pipe(client);
  });
  try {
    await once(server.listen(port, LOOPBACK), "listening");
  } catch (error) {
    throw new UserError(whyNotListening(port, to.name, error));
  }
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

async function checkAnswers(to: ServerAddress): Promise<void> {
  const socket = connect({ host: to.host, port: to.port });
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
  } catch (error) {
    const seconds = String(ANSWER_TIMEOUT_MS / 1000);
    const why = codeOf(error) === "ABORT_ERR" ? `not within ${seconds} s` : messageOf(error);
    throw new UserError(
      `Nobody answers at ${to.host}:${String(to.port)} (${why}). See what runs: ${onCluster("status", to.name)}`,
    );
  } finally {
    socket.destroy();
  }
}

function whyNotListening(port: number, name: string, error: unknown): string {
  const where = `Port ${String(port)} of ${LOOPBACK}`;
  const mend = `Take another one: ${onCluster("forward", name)} --port PORT`;
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return `${where} is taken. ${mend}`;
    case "EACCES":
      return `${where} is for root alone. ${mend}`;
    default:
      return `${where} cannot be listened on: ${messageOf(error)}. ${mend}`;
  }
}
