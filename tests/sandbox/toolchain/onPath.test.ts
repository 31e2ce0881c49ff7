import { strict as assert } from "node:assert";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findOnPath, ownTool, parseVersion } from "../../../sandbox/toolchain/onPath";

describe("a tool on PATH", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-path-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function program(name: string, says: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\necho '${says}'\n`);
    await chmod(path, 0o755);
    return path;
  }

  it("is read for its version, however it says it", () => {
    assert.deepEqual(parseVersion("v3.259.0"), [3, 259, 0]);
    assert.deepEqual(
      parseVersion("Client Version: v1.36.3\nKustomize Version: v5.8.1"),
      [1, 36, 3],
    );
    assert.deepEqual(parseVersion("v3.14"), [3, 14, 0]);
    assert.equal(parseVersion("no number"), undefined);
  });

  it("is found where it can be run, and not where it cannot", async () => {
    const path = await program("helm", "v3.20.1");
    assert.equal(findOnPath("helm", `/nowhere:${folder}`), path);
    await chmod(path, 0o644);
    assert.equal(findOnPath("helm", folder), undefined);
  });

  it("is taken where its version fits", async () => {
    const path = await program("kubectl", "Client Version: v1.35.2");
    assert.deepEqual(await ownTool("kubectl", folder), { path, version: "1.35.2" });
  });

  it("is not taken where its version does not fit, and it is said why", async () => {
    const path = await program("kubectl", "Client Version: v1.32.4");
    assert.deepEqual(await ownTool("kubectl", folder), {
      unfit: `${path} is 1.32.4, wanted is 1.35 to 1.37`,
    });
  });

  it("is not taken where it says no version", async () => {
    const path = await program("helm", "hello");
    assert.deepEqual(await ownTool("helm", folder), { unfit: `${path} does not say its version` });
  });

  it("is not looked for where it is none of the user's to bring", async () => {
    await program("etcd", "v3.6.16");
    assert.equal(await ownTool("etcd", folder), undefined);
  });

  it("is pulumi only together with its language host", async () => {
    const path = await program("pulumi", "v3.260.0");
    assert.deepEqual(await ownTool("pulumi", folder), {
      unfit: `${path} has no pulumi-language-nodejs beside it`,
    });
    await program("pulumi-language-nodejs", "");
    assert.deepEqual(await ownTool("pulumi", folder), { path, version: "3.260.0" });
  });
});
