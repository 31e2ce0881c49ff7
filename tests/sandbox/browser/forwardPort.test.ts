import { strict as assert } from "node:assert";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";

import {
  forwardPort,
  type Forward,
  type ServerAddress,
} from "../../../sandbox/browser/forwardPort";

const HOST = "127.0.0.1";

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function to(port: number): ServerAddress {
  return { name: "x", host: HOST, port };
}

async function listening(server: Server): Promise<Server> {
  await once(server.listen(0, HOST), "listening");
  return server;
}

describe("a port that is forwarded", () => {
  let server: Server;
  let forward: Forward;
  const toServer = (): Socket => connect({ host: HOST, port: forward.port, allowHalfOpen: true });

  before(async () => {
    // Answers when the other side has said all, and then ends: what https does not, and TCP does.
    server = await listening(
      createServer({ allowHalfOpen: true }, (socket) => {
        let said = "";
        socket.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
        socket.on("end", () => socket.end(`heard: ${said}`)).on("error", () => undefined);
      }),
    );
    forward = await forwardPort(0, to(portOf(server)));
  });
  after(async () => {
    await forward.close();
    server.close();
  });

  it("hands on what either side says, also after one has ended", async () => {
    const ask = async (words: string): Promise<string> => {
      const socket = toServer();
      socket.end(words);
      return text(socket);
    };
    const large = "x".repeat(5_000_000);
    const [one, two, three] = await Promise.all([ask("one"), ask("two"), ask(large)]);
    assert.deepEqual([one, two], ["heard: one", "heard: two"]);
    assert.ok(three === `heard: ${large}`, `${String(three.length)} characters`);
  });

  it("outlives a connection that is broken off", async () => {
    const broken = toServer();
    await once(broken, "connect");
    broken.resetAndDestroy();
    const socket = toServer();
    socket.end("still");
    assert.equal(await text(socket), "heard: still");
  });

  it("is one of the loopback alone", async () => {
    const other = connect({ host: "127.0.0.2", port: forward.port });
    await assert.rejects(once(other, "connect"), /ECONNREFUSED/);
  });

  it("is refused where it is taken, with the way to take another", async () => {
    await assert.rejects(forwardPort(forward.port, to(portOf(server))), {
      name: "UserError",
      message: `Port ${String(forward.port)} of 127.0.0.1 is taken. Take another one: npm run sandbox -- forward --name x --port PORT`,
    });
  });

  it("is refused where nobody is behind it", async () => {
    const gone = await listening(createServer());
    const port = portOf(gone);
    gone.close();
    await assert.rejects(forwardPort(0, to(port)), {
      name: "UserError",
      message: `Nobody answers at 127.0.0.1:${String(port)} (connect ECONNREFUSED 127.0.0.1:${String(port)}). See what runs: npm run sandbox -- status --name x`,
    });
  });

  it("ends with its connections, and is free again", async () => {
    const short = await forwardPort(0, to(portOf(server)));
    const socket = connect({ host: HOST, port: short.port });
    await once(socket, "connect");
    const ended = once(socket, "close");
    await short.close();
    await ended;
    const again = await forwardPort(short.port, to(portOf(server)));
    assert.equal(again.port, short.port);
    await again.close();
  });
});
