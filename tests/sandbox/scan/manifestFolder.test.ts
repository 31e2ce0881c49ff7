import { strict as assert } from "node:assert";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { nameOfFile, writeManifests } from "../../../sandbox/scan/manifestFolder";

const NAMESPACE = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
const SERVICE = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop" },
};

describe("the folder of manifests", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-manifests-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("has a file for each object, and nothing of an earlier scan", async () => {
    await writeFile(join(folder, "old.yaml"), "");
    await writeManifests(folder, [NAMESPACE, SERVICE]);
    assert.deepEqual((await readdir(folder)).sort(), [
      "Namespace-shop.yaml",
      "Service-shop-web.yaml",
    ]);
    const text = await readFile(join(folder, "Namespace-shop.yaml"), "utf8");
    assert.equal(text, "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n");
  });

  it("knows the object of a file, by whatever path a scanner names it", async () => {
    const manifests = await writeManifests(folder, [SERVICE]);
    const expected = { file: "Service-shop-web.yaml", object: "Service shop/web" };
    for (const path of [join(folder, expected.file), `/${expected.file}`, expected.file]) {
      assert.deepEqual(nameOfFile(manifests, path), expected);
    }
    assert.throws(() => nameOfFile(manifests, "/other.yaml"), /No object was written/);
  });
});
