import { strict as assert } from "node:assert";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { installMissing } from "../../../host/packages";
import { withPage, type LoadedPage } from "../../../sandbox/browser/page";
import type { Edge } from "../../../sandbox/cluster/edge/edge";
import { freePorts } from "../../../sandbox/cluster/freePorts";
import { BROWSER_NEEDS } from "../../../sandbox/cluster/systemNeeds";
import { sandbox, startSandbox } from "../../support/command";

const HOST = "httpbin.home.test";
const FRONT_PAGE = `https://${HOST}/`;

/** What of a page is looked at. */
interface Seen extends Omit<LoadedPage, "page"> {
  title: string;
  heading: string;
  /** What the browser thinks of the connection: "secure", or what is wrong. */
  security: string;
  /** For which names the certificate is that it was shown. */
  names: string[] | undefined;
}

async function seen({ page, ...facts }: LoadedPage): Promise<Seen> {
  // Of a certificate that names its hosts only where such names belong, playwright tells none.
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const answer = new Promise<Pick<Seen, "security" | "names">>((resolve) => {
    session.on("Network.responseReceived", ({ type, response }) => {
      if (type !== "Document") return;
      resolve({ security: response.securityState, names: response.securityDetails?.sanList });
    });
  });
  await page.reload();
  const heading = await page.locator("h2.title").innerText();
  return { ...facts, ...(await answer), title: await page.title(), heading };
}

/** Tests of the page in a browser, on the cluster of a suite that has an edge and the app. */
export function testsInBrowser(name: string, edge: () => Edge): void {
  let folder = "";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-browser-suite-"));
    await installMissing(BROWSER_NEEDS, { say: () => undefined, log: join(folder, "apt.log") });
  });
  // Also where the suite is skipped.
  after(() => rm(folder, { recursive: true, force: true }));

  it("shows httpbin's page to a browser that trusts the ACME server's root", async () => {
    const facts = await withPage(FRONT_PAGE, { ...edge(), name }, seen);
    const { title, heading, issuer, security, names, protocol } = facts;
    assert.equal(title, "httpbin.org");
    assert.match(heading, /^httpbin\.org/);
    assert.match(issuer, /^Pebble Intermediate CA \w+$/);
    assert.deepEqual([security, names], ["secure", [HOST]]);
    assert.equal(protocol, "TLS 1.3");
  });

  it("is refused by the same browser without that root", async () => {
    const { address } = edge();
    await assert.rejects(withPage(FRONT_PAGE, { name, address }, seen), {
      name: "UserError",
      message: /ERR_CERT_AUTHORITY_INVALID/,
    });
  });

  it("has its picture taken by `picture`", async () => {
    const out = join(folder, "page.png");
    const { exitCode, stdout, stderr } = await sandbox(["picture", "--name", name, "--out", out]);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /^https:\/\/httpbin\.home\.test\/ in Chromium .* of Pebble Intermediate /);
    assert.ok(stdout.trim().endsWith(out), stdout);
    const png = await readFile(out);
    assert.equal(png.subarray(1, 4).toString(), "PNG");
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1280, 760]);
    // A page that is blank has a few thousand bytes.
    assert.ok(png.length > 30_000 && png.length < 300_000, String(png.length));
  });

  it("is there by `forward` for a browser on the loopback, until Ctrl-C", async () => {
    const { api: port } = await freePorts();
    const forward = startSandbox(["forward", "--name", name, "--port", String(port)]);
    try {
      await forward.until("remove it.");
      const { rootPath } = edge();
      assert.ok(forward.said.includes(`  ${rootPath}\n`), forward.said);
      const way = { name, address: `127.0.0.1:${String(port)}`, rootPath };
      const { title } = await withPage(FRONT_PAGE, way, seen);
      assert.equal(title, "httpbin.org");
      const second = await sandbox(["forward", "--name", name, "--port", String(port)]);
      assert.match(second.stderr, /^Port \d+ of 127\.0\.0\.1 is taken\./);
      assert.equal(second.exitCode, 1);
      forward.killGroup("SIGINT");
      assert.equal(await forward.ended, 0);
    } finally {
      forward.kill("SIGKILL");
    }
    await assert.rejects(once(connect({ host: "127.0.0.1", port }), "connect"), /ECONNREFUSED/);
  });
}
