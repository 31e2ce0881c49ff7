import { deepStrictEqual, rejects, strictEqual } from "node:assert";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { ApiClient } from "../../../../sandbox/providers/kubernetes/apiClient";
import { ApiError, UnreachableError } from "../../../../sandbox/providers/kubernetes/apiError";
import { loadAccess } from "../../../../sandbox/providers/kubernetes/kubeconfig";
import { Kinds } from "../../../../sandbox/providers/kubernetes/kinds";
import { readSettings } from "../../../../sandbox/providers/kubernetes/settings";

interface Seen {
  method: string;
  url: string;
  body: string;
  authorization: string;
}

describe("The client of an API server", () => {
  const seen: Seen[] = [];
  let server: Server;
  let client: ApiClient;
  let clientOf: (user: Record<string, unknown>) => ApiClient;
  /** What the server answers: status and body. */
  let answer: [number, unknown] = [200, {}];
  /** How many requests the server has come back at once, before it answers. */
  let later = 0;
  /** How many connections the server drops when the next request comes on them. */
  let drops = 0;

  before(async () => {
    server = createServer((request: IncomingMessage, response) => {
      if (drops > 0) {
        drops -= 1;
        request.socket.destroy();
        return;
      }
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { method = "", url = "", headers } = request;
        const body = Buffer.concat(chunks).toString();
        seen.push({ method, url, body, authorization: headers.authorization ?? "" });
        if (later > 0) {
          later -= 1;
          response.writeHead(429, { "retry-after": "0" }).end('{"message":"try again"}');
          return;
        }
        response.writeHead(answer[0]).end(JSON.stringify(answer[1]));
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const kubeconfig = (user: Record<string, unknown>): string =>
      JSON.stringify({
        "current-context": "c",
        clusters: [
          {
            name: "c",
            cluster: {
              server: `http://127.0.0.1:${String(port)}`,
              "insecure-skip-tls-verify": true,
            },
          },
        ],
        contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
        users: [{ name: "u", user }],
      });
    clientOf = (user) =>
      new ApiClient(loadAccess(readSettings({ kubeconfig: kubeconfig(user) }, {})));
    client = clientOf({ token: "secret-token" });
  });
  beforeEach(() => {
    seen.length = 0;
    answer = [200, {}];
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it("sends the credentials, and a body also with a deletion", async () => {
    await client.call({ method: "DELETE", path: "/api/v1/x", query: { a: "b c" }, body: { k: 1 } });
    deepStrictEqual(seen, [
      {
        method: "DELETE",
        url: "/api/v1/x?a=b+c",
        body: '{"k":1}',
        authorization: "Bearer secret-token",
      },
    ]);
  });

  it("has a program of the kubeconfig get the credentials", async () => {
    const credential = {
      apiVersion: "client.authentication.k8s.io/v1",
      kind: "ExecCredential",
      status: { token: "fresh" },
    };
    const exec = (command: string): ApiClient =>
      clientOf({
        exec: { apiVersion: credential.apiVersion, command, args: [JSON.stringify(credential)] },
      });
    await exec("echo").call({ path: "/" });
    strictEqual(seen[0]?.authorization, "Bearer fresh");
    await rejects(
      exec("no-such-program").call({ path: "/" }),
      /user has no credentials for .*ENOENT/,
    );
  });

  it("throws what the server says, with the fields that it names", async () => {
    const causes = [{ field: "spec.selector", message: "field is immutable" }];
    answer = [422, { code: 422, reason: "Invalid", message: "is invalid", details: { causes } }];
    await rejects(client.call({ path: "/" }), (error) => {
      deepStrictEqual(error, new ApiError(422, "Invalid", "is invalid", causes));
      return true;
    });
  });

  it("says plainly that the credentials are not good", async () => {
    answer = [401, { message: "Unauthorized" }];
    await rejects(client.call({ path: "/" }), /does not know the kubeconfig's user\. See that/);
  });

  it("asks once more where a kept connection has died", async () => {
    await client.call({ path: "/first" });
    drops = 1;
    await client.call({ path: "/second" });
    strictEqual(seen.at(-1)?.url, "/second");
    drops = 2;
    await rejects(client.call({ path: "/third" }), UnreachableError);
  });

  it("comes back where the server says so, and gives up after the tenth time", async () => {
    later = 3;
    answer = [200, { kind: "CakeList" }];
    deepStrictEqual(await client.call({ path: "/cakes" }), { kind: "CakeList" });
    strictEqual(seen.length, 4);
    later = 20;
    await rejects(client.call({ path: "/cakes" }), new ApiError(429, "", "try again"));
    strictEqual(seen.length, 14);
    later = 0;
  });

  it("does not come back by itself where the server does not say when", async () => {
    answer = [429, { message: "the pod's budget does not allow it" }];
    await rejects(client.call({ method: "POST", path: "/" }), ApiError);
    strictEqual(seen.length, 1);
  });

  it("says plainly that nobody answers", async () => {
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    });
    await rejects(client.call({ path: "/" }), (error) => {
      strictEqual(
        error instanceof UnreachableError && /does not answer \(.*ECONNREFUSED/.test(error.message),
        true,
      );
      return true;
    });
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  });

  it("knows a kind as soon as the server serves it", async () => {
    const kinds = new Kinds(client);
    answer = [404, { code: 404 }];
    strictEqual(await kinds.find("example.com/v1", "Cake"), undefined);
    const resources = [
      { kind: "Cake", name: "cakes", namespaced: true },
      { kind: "Scale", name: "cakes/scale", namespaced: true },
    ];
    answer = [200, { resources }];
    deepStrictEqual(await kinds.find("example.com/v1", "Cake"), {
      apiVersion: "example.com/v1",
      kind: "Cake",
      plural: "cakes",
      namespaced: true,
    });
    const asked = seen.length;
    await kinds.find("example.com/v1", "Cake");
    strictEqual(seen.length, asked, "it is asked for once");
    strictEqual(seen.at(-1)?.url, "/apis/example.com/v1");
  });
});
