import { strict as assert } from "node:assert";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { whyNotLoaded, withPage, type LoadedPage } from "../../../sandbox/browser/page";
import { writeCertificates } from "../../../sandbox/cluster/certificates";
import { ca, layoutOf, pair } from "../../../sandbox/cluster/layout";
import { nodeTopology } from "../../../sandbox/cluster/topology";
import { needsBrowser } from "../../support/browser";

const URL_OF_PAGE = "https://page.test/";

describe("why a page does not load", () => {
  const cases = [
    [
      "net::ERR_CERT_AUTHORITY_INVALID at x",
      /^The browser does not trust .* run sandbox -- up --name x$/,
    ],
    [
      "net::ERR_CERT_COMMON_NAME_INVALID at x",
      /does not accept .* \(ERR_CERT_COMMON_NAME_INVALID\)\.$/,
    ],
    [
      "net::ERR_CONNECTION_REFUSED at x",
      /\(ERR_CONNECTION_REFUSED\)\. See what runs: .* status --name x$/,
    ],
    ["page.goto: Timeout 20000ms exceeded.", /\(not whole within 20 s\)\. See what runs: /],
    ["net::ERR_TIMED_OUT at x", /\(not whole within 20 s\)\. See what runs: /],
    ["page.goto: Page crashed", /in the browser \(page\.goto: Page crashed\)\. See what runs: /],
  ] as const;
  for (const [message, sentence] of cases) {
    it(`is said in a sentence: ${message}`, () => {
      assert.match(whyNotLoaded(URL_OF_PAGE, "x", message), sentence);
      assert.ok(whyNotLoaded(URL_OF_PAGE, "x", message).includes(URL_OF_PAGE));
    });
  }
});

describe("a page in a browser", () => {
  /** A name that the server's certificate is for. */
  const HOST = "kubernetes.default.svc";
  const name = "x";
  const address = "127.0.0.1";
  let folder = "";
  let usual: string | undefined;
  let rootPath = "";
  let server: Server;

  const url = (path: string, host = HOST): string =>
    `https://${host}:${String((server.address() as AddressInfo).port)}${path}`;
  const open = <T>(
    path: string,
    work: (loaded: LoadedPage) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> => withPage(url(path), { name, address, rootPath }, work, signal);
  const title = ({ page }: LoadedPage): Promise<string> => page.title();

  before(async function () {
    await needsBrowser(this);
    folder = await mkdtemp(join(tmpdir(), "k8s-test-page-"));
    const layout = layoutOf(join(folder, "cluster"), join(folder, "logs"));
    await writeCertificates(layout, nodeTopology());
    rootPath = ca(layout);
    const { cert, key } = pair(layout, "apiserver");
    const options = { cert: await readFile(cert), key: await readFile(key) };
    server = createServer(options, (request, response) => {
      if (request.url === "/never") return;
      response.setHeader("content-type", "text/html");
      response.writeHead(request.url === "/" ? 200 : 404);
      response.end("<title>a page</title>");
    });
    await once(server.listen(0, address), "listening");
    usual = process.env["TMPDIR"];
    process.env["TMPDIR"] = folder;
  });
  after(async () => {
    if (usual === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = usual;
    if (folder === "") return;
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });
  afterEach(async () => {
    assert.deepEqual(await readdir(folder), ["cluster"], "something is left behind");
  });

  it("is loaded where the browser trusts who signed the certificate, and says who did", async () => {
    const facts = await open("/", async (loaded) => ({ ...loaded, title: await title(loaded) }));
    assert.equal(facts.title, "a page");
    assert.match(facts.issuer, /^k8s-test sandbox ca$/);
    assert.equal(facts.protocol, "TLS 1.3");
    assert.match(facts.browser, /^\d+\.\d+\.\d+\.\d+$/);
  });

  it("is refused by a browser that does not", async () => {
    await assert.rejects(withPage(url("/"), { name, address }, title), {
      name: "UserError",
      message: /^The browser does not trust .* \(ERR_CERT_AUTHORITY_INVALID\)/,
    });
  });

  it("is refused where the certificate is for another host", async () => {
    const other = url("/", "other.test");
    await assert.rejects(withPage(other, { name, address, rootPath }, title), {
      name: "UserError",
      message: `The browser does not accept the certificate of ${other} (ERR_CERT_COMMON_NAME_INVALID).`,
    });
  });

  it("can ask no other host, not even one that needs no DNS and has a certificate", async () => {
    const message = await open("/", ({ page }) =>
      page.goto(url("/", "localhost")).then(
        () => "loaded",
        (error: unknown) => String(error),
      ),
    );
    assert.match(message, /ERR_NAME_NOT_RESOLVED/);
  });

  it("is refused where it is not there, or nobody listens", async () => {
    await assert.rejects(open("/none", title), {
      name: "UserError",
      message: `${url("/none")} answers with status 404, not 200. Bring the app up: npm run sandbox -- up --name x`,
    });
    const nowhere = `https://${HOST}:9/`;
    await assert.rejects(withPage(nowhere, { name, address, rootPath }, title), {
      name: "UserError",
      message:
        /\(ERR_(CONNECTION_REFUSED|UNSAFE_PORT)\)\. See what runs: npm run sandbox -- status --name x$/,
    });
  });

  it("is given up when told so", async () => {
    const reason = new Error("enough");
    const giveUp = new AbortController();
    const asked = once(server, "request");
    const opened = open("/never", title, giveUp.signal);
    await asked;
    const toldAt = Date.now();
    giveUp.abort(reason);
    await assert.rejects(opened, reason);
    const waited = Date.now() - toldAt;
    assert.ok(waited < 10_000, `after ${String(waited)} ms: the page's own time is 20 s`);
    await assert.rejects(open("/", title, giveUp.signal), reason);
  });
});
