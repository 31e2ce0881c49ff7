import { strict as assert } from "node:assert";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:tls";

import { isLoopback, loopbackProblem } from "../../settings/loopback";
import { selfSigned, type SelfSigned } from "../support/certificates";

describe("isLoopback", () => {
  it("knows the addresses that lead back to this machine", () => {
    const hosts = ["localhost", "127.0.0.1", "127.1.2.3", "0.0.0.0", "[::1]"];
    for (const host of hosts) assert.ok(isLoopback(new URL(`https://${host}:6443`)), host);
  });

  it("takes no other for one", () => {
    const hosts = ["192.0.2.10", "k3s.example.com", "localhost.example.com", "[2001:db8::1]"];
    for (const host of hosts) assert.ok(!isLoopback(new URL(`https://${host}:6443`)), host);
  });
});

describe("loopbackProblem", () => {
  let identity: SelfSigned;
  let server: Server;
  let url: URL;

  before(async () => {
    identity = await selfSigned();
    server = createServer({ key: identity.key, cert: identity.certificate });
    // A client that does not trust the server hangs up: nothing to see here.
    server.on("tlsClientError", () => undefined);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = new URL(`https://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  });
  after(async () => {
    server.close();
    await once(server, "close");
  });

  it("is none where the address is another machine's, which is not even asked", async () => {
    const nowhere = new URL("https://192.0.2.10:6443");
    assert.equal(await loopbackProblem({ server: nowhere }), undefined);
  });

  it("is none where a proxy is between, to which the address means another machine", async () => {
    const server = new URL("https://127.0.0.1:1");
    assert.equal(await loopbackProblem({ server, viaProxy: true }), undefined);
  });

  it("is none where the kubeconfig's own cluster answers here", async () => {
    assert.equal(await loopbackProblem({ server: url, ca: identity.certificate }), undefined);
  });

  it("is that another server answers, where the kubeconfig trusts another CA", async () => {
    const { certificate } = await selfSigned();
    const problem = await loopbackProblem({ server: url, ca: certificate });
    assert.equal(
      problem?.given,
      `a kubeconfig for ${url.host}, this machine, where another server answers (DEPTH_ZERO_SELF_SIGNED_CERT)`,
    );
    assert.equal(problem.first, "put the node's address in place of 127.0.0.1");
  });

  it("is that nothing answers, where nothing does", async () => {
    const problem = await loopbackProblem({ server: new URL("https://127.0.0.1:1") });
    assert.equal(
      problem?.given,
      "a kubeconfig for 127.0.0.1:1, this machine, where nothing answers (ECONNREFUSED)",
    );
  });
});
