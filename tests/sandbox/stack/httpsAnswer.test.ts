import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { askByHttps, httpsReport, untilHttpsAnswers } from "../../../sandbox/stack/httpsAnswer";
import { selfSigned } from "../../support/certificates";

describe("an answer by https", () => {
  const day = 86_400_000;
  // A certificate knows whole seconds.
  const notAfter = new Date(Math.floor(Date.now() / 1000) * 1000 + 90 * day);
  let folder: string;
  let server: Server;
  let url: string;
  let way: { address: string; rootPath: string };
  /** Statuses that the server gives, one after the other; then 200. */
  let statuses: number[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-https-"));
    const { certificate, key } = await selfSigned(notAfter);
    const rootPath = join(folder, "root.pem");
    await writeFile(rootPath, certificate);
    server = createServer({ cert: certificate, key }, ({ headers, url: path }, response) => {
      response.statusCode = statuses.shift() ?? 200;
      response.end(`${String(headers.host)} ${String(path)}\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    url = `https://localhost:${String(port)}/uuid`;
    way = { address: "127.0.0.1", rootPath };
  });
  after(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  it("comes from the address, under the host's name, and tells of the certificate", async () => {
    const answer = await askByHttps(url, way);
    assert.equal(answer.status, 200);
    assert.match(answer.body, /^localhost(?::\d+)? \/uuid$/);
    assert.equal(answer.issuer, "localhost");
    assert.match(answer.serial, /^[0-9A-F]+$/);
    assert.deepEqual(answer.validTo, notAfter);
  });

  it("is not taken from who cannot prove to be the host, or whom nobody vouches for", async () => {
    const elsewhere = url.replace("localhost", "httpbin.home.test");
    await assert.rejects(askByHttps(elsewhere, way), /does not match certificate's/);
    const { certificate } = await selfSigned();
    const rootPath = join(folder, "other.pem");
    await writeFile(rootPath, certificate);
    await assert.rejects(askByHttps(url, { ...way, rootPath }), /self-signed certificate/);
  });

  it("is waited for while the app is not there yet", async () => {
    statuses = [404, 502];
    assert.equal((await untilHttpsAnswers(url, way)).status, 200);
    assert.deepEqual(statuses, []);
  });

  it("that never comes is said with the last failure", async () => {
    statuses = Array<number>(10).fill(404);
    await assert.rejects(
      untilHttpsAnswers(url, way, { patienceMs: 10 }),
      /has not answered for 0\.01 s: its status is 404\.$/,
    );
  });

  it("is told with who issued the certificate until when, and how to ask by hand", async () => {
    const answer = await askByHttps(url, way);
    const until = notAfter.toISOString().slice(0, 10);
    assert.deepEqual(httpsReport("https://a.test/x", answer, way).split("\n").slice(1), [
      `Its certificate is of localhost, valid until ${until}. To see for yourself:`,
      `  curl --cacert ${way.rootPath} --resolve a.test:443:127.0.0.1 https://a.test/x`,
    ]);
  });
});
