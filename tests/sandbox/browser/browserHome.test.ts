import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run } from "../../../host/run";
import { makeBrowserHome } from "../../../sandbox/browser/browserHome";
import { writeCertificates } from "../../../sandbox/cluster/certificates";
import { ca, layoutOf } from "../../../sandbox/cluster/layout";
import { nodeTopology } from "../../../sandbox/cluster/topology";
import { needsBrowser } from "../../support/browser";

describe("the home of a browser", () => {
  let folder = "";
  let usual: string | undefined;

  before(async function () {
    await needsBrowser(this);
    folder = await mkdtemp(join(tmpdir(), "k8s-test-home-"));
    usual = process.env["TMPDIR"];
    process.env["TMPDIR"] = folder;
  });
  after(async () => {
    if (usual === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = usual;
    await rm(folder, { recursive: true, force: true });
  });

  it("trusts one CA beside the browser's own, for servers alone", async () => {
    const layout = layoutOf(join(folder, "cluster"), join(folder, "logs"));
    await writeCertificates(layout, nodeTopology());
    const home = await makeBrowserHome(ca(layout));
    const database = `sql:${join(home.path, ".pki", "nssdb")}`;
    const listed = (await run("certutil", ["-L", "-d", database])).trim().split("\n");
    assert.match(listed.at(-1) ?? "", /^root +C,,$/);
    assert.equal(listed.filter((line) => /,.*,/.test(line)).length, 2, "its heading, and one CA");
    await home.remove();
  });

  it("is its owner's alone, and goes whole", async () => {
    const home = await makeBrowserHome();
    assert.equal((await stat(home.path)).mode & 0o777, 0o700);
    assert.deepEqual(await readdir(home.path), []);
    await home.remove();
    assert.ok(!existsSync(home.path));
  });

  it("is not left where the CA cannot be read", async () => {
    const before = await readdir(folder);
    await assert.rejects(makeBrowserHome(join(folder, "none.pem")), /none\.pem/);
    assert.deepEqual(await readdir(folder), before);
  });
});
