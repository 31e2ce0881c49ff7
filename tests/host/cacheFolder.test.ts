import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { cacheFolder, makeFolder } from "../../host/cacheFolder";

describe("cacheFolder", () => {
  it("is in ~/.cache where nothing else is said", () => {
    assert.equal(cacheFolder({}, "/home/me"), "/home/me/.cache/k8s-test");
  });

  it("is in XDG_CACHE_HOME", () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/big" }, "/home/me"), "/big/k8s-test");
  });

  it("does not follow a relative XDG_CACHE_HOME", () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "big" }, "/home/me"), "/home/me/.cache/k8s-test");
  });
});

describe("makeFolder", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-"));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("makes the folder and those above it", async () => {
    await makeFolder(join(folder, "a", "b"), 1);
    assert.ok(existsSync(join(folder, "a", "b")));
  });

  it("refuses a disk with less room than is needed", async () => {
    await assert.rejects(makeFolder(folder, 2 ** 60), {
      name: "UserError",
      message: /has \d+ MiB of room and 1099511627776 MiB are needed: make room, or point XDG_/,
    });
  });

  it("says where a folder cannot be made", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await assert.rejects(makeFolder(join(file, "a"), 1), {
      name: "UserError",
      message: /file\/a cannot be made \(ENOTDIR: .*\): point XDG_CACHE_HOME at a folder/,
    });
  });
});
