import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { checkedOut, takePicture } from "../../../sandbox/browser/picture";
import { edgePlaces } from "../../../sandbox/cluster/edge/places";
import { ca } from "../../../sandbox/cluster/layout";
import { clusterLayout } from "../../../sandbox/cluster/state";
import { writeClusterState } from "../../support/clusterState";
import { ownStateFolder } from "../../support/ownStateFolder";

const NAME = "x";

describe("the file of a picture", () => {
  const folder = ownStateFolder(NAME);

  it("lies in a folder that is there", () => {
    const file = join(folder.path(), "new.png");
    assert.equal(checkedOut(file), file);
    assert.equal(checkedOut("new.png"), resolve("new.png"));
  });

  it("is refused where its folder is not there, or is a file", () => {
    for (const parent of [join(folder.path(), "none"), __filename]) {
      const file = join(parent, "new.png");
      assert.throws(() => checkedOut(file), {
        name: "UserError",
        message: `--out ${file}: there is no folder ${parent}. Make it: mkdir -p ${parent}`,
      });
    }
  });

  it("is refused where it is a folder itself", () => {
    assert.throws(() => checkedOut(folder.path()), {
      name: "UserError",
      message: `--out ${folder.path()} is a folder. Name a file in it, such as front-page.png`,
    });
  });
});

describe("a picture", () => {
  const folder = ownStateFolder(NAME);
  const path = process.env["PATH"];

  afterEach(() => {
    process.env["PATH"] = path;
  });

  it("is refused where there is no browser and none may be installed", async () => {
    const layout = clusterLayout(NAME);
    const { folder: edge, tsigSecret } = edgePlaces(layout);
    await Promise.all([edge, layout.pki].map((one) => mkdir(one, { recursive: true })));
    await writeFile(tsigSecret, "secret");
    await writeFile(ca(layout), "ca");
    writeClusterState(NAME, { edge: true });
    process.env["PATH"] = folder.path();
    const out = join(folder.path(), "new.png");
    const say = (line: string): never => assert.fail(line);
    const options = { name: NAME, install: false, say };
    const nowhere = join(folder.path(), "none", "new.png");
    await assert.rejects(takePicture({ ...options, out: nowhere }), /there is no folder/);
    await assert.rejects(takePicture({ ...options, out }), {
      name: "UserError",
      message: /^A picture needs a browser\. Not installed: chromium libnss3-tools/,
    });
    assert.ok(!existsSync(out));
  });
});
