import { strict as assert } from "node:assert";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

import { askApi, hasAnswered } from "../../../components/live/askApi";
import { apiStandIn, type ApiStandIn } from "../../support/apiStandIn";
import { selfSigned } from "../../support/certificates";

/** More than any machine needs for a request to itself. */
const TIMEOUT_MS = 30_000;

describe("askApi", () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function standIn(answer?: () => number | undefined): Promise<ApiStandIn> {
    const api = await apiStandIn(answer);
    closing.push(() => api.close());
    return api;
  }

  /** A server that speaks no TLS. */
  async function listen(onConnection: (socket: Socket) => void): Promise<[Server, string]> {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => undefined);
      onConnection(socket);
    }).listen(0, "localhost");
    await once(server, "listening");
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return [server, `https://localhost:${String((server.address() as AddressInfo).port)}`];
  }

  it("asks whether the API is ready, without saying who asks", async () => {
    const api = await standIn();
    assert.deepEqual(await askApi(api, TIMEOUT_MS), { reached: "http", status: 200 });
    const [request] = api.requests;
    assert.deepEqual([request?.method, request?.url], ["GET", "/readyz"]);
    assert.equal(request?.headers.authorization, undefined);
  });

  it("takes a refusal for an answer, and a failure of the server for none", async () => {
    const answers = [];
    for (const status of [200, 401, 403, 404, 429, 500, 502, 503]) {
      const attempt = await askApi(await standIn(() => status), TIMEOUT_MS);
      assert.deepEqual(attempt, { reached: "http", status });
      answers.push(hasAnswered(attempt));
    }
    assert.deepEqual(answers, [true, true, true, true, true, false, false, false]);
  });

  it("trusts no certificate but the CA's", async () => {
    const api = await standIn();
    const { certificate } = await selfSigned();
    for (const ca of [certificate, "", "no certificate"]) {
      const attempt = await askApi({ ...api, ca }, TIMEOUT_MS);
      assert.deepEqual(attempt, {
        reached: "tcp",
        code: "DEPTH_ZERO_SELF_SIGNED_CERT",
        isUntrusted: true,
      });
      assert.equal(hasAnswered(attempt), false);
    }
    assert.equal(api.requests.length, 0);
  });

  it("trusts no certificate that is for another name", async () => {
    const api = await standIn();
    const endpoint = api.endpoint.replace("localhost", "127.0.0.1");
    // Where localhost is ::1, nothing listens here.
    const attempt = await askApi({ ...api, endpoint }, TIMEOUT_MS);
    assert.ok(
      "code" in attempt && ["ERR_TLS_CERT_ALTNAME_INVALID", "ECONNREFUSED"].includes(attempt.code),
    );
    assert.equal(attempt.isUntrusted, attempt.reached === "tcp");
  });

  it("says that nothing listens", async () => {
    const [server, endpoint] = await listen(() => undefined);
    server.close();
    await once(server, "close");
    assert.deepEqual(await askApi({ endpoint, ca: "" }, TIMEOUT_MS), {
      reached: "nothing",
      code: "ECONNREFUSED",
      isUntrusted: false,
    });
  });

  it("says that a server takes the connection, and breaks it off before TLS", async () => {
    const [, endpoint] = await listen((socket) => socket.destroy());
    assert.deepEqual(await askApi({ endpoint, ca: "" }, TIMEOUT_MS), {
      reached: "tcp",
      code: "ECONNRESET",
      isUntrusted: false,
    });
  });

  it("says that the API breaks off before it answers", async () => {
    const api = await standIn(() => undefined);
    assert.deepEqual(await askApi(api, TIMEOUT_MS), {
      reached: "tls",
      code: "ECONNRESET",
      isUntrusted: false,
    });
  });

  it("gives up a server that keeps silent", async () => {
    const [, endpoint] = await listen(() => undefined);
    const attempt = await askApi({ endpoint, ca: "" }, 1);
    assert.ok("code" in attempt);
    assert.equal(attempt.code, "ETIMEDOUT");
  });
});
