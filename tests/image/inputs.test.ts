import { strict as assert } from "node:assert";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { versions } from "../../versions";
import { baseImage, IMAGE_FOLDER, INPUTS, inputsKey } from "../../image/inputs";

describe("inputsKey", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-"));
    for (const name of INPUTS) await cp(join(IMAGE_FOLDER, name), join(folder, name));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("is the same for the same content, wherever it lies", async () => {
    assert.equal(await inputsKey(folder), await inputsKey());
  });

  for (const name of INPUTS) {
    it(`changes with ${name}`, async () => {
      const before = await inputsKey(folder);
      await writeFile(join(folder, name), `${await readFile(join(folder, name), "utf8")} `);
      assert.notEqual(await inputsKey(folder), before);
    });
  }

  it("has every file that the Dockerfile copies", async () => {
    const dockerfile = await readFile(join(IMAGE_FOLDER, "Dockerfile"), "utf8");
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(\S+) /gm)].map((match) => match[1]);
    assert.deepEqual(copied, ["requirements.txt", "serve.py"]);
    assert.ok(copied.every((name) => (INPUTS as readonly (string | undefined)[]).includes(name)));
  });
});

describe("the image", () => {
  it("is labelled with the version of httpbin that it has", async () => {
    const [dockerfile, requirements] = await Promise.all(
      ["Dockerfile", "requirements.txt"].map((name) => readFile(join(IMAGE_FOLDER, name), "utf8")),
    );
    const label = /image\.version="([^"]+)"/.exec(dockerfile ?? "")?.[1];
    const locked = /^httpbin==(\S+)/m.exec(requirements ?? "")?.[1];
    assert.match(label ?? "", /^\d+\.\d+\.\d+$/);
    assert.equal(label, locked);
    assert.ok(versions.httpbinImage.startsWith(`luismsousa/httpbin:${label ?? ""}-`));
  });
});

describe("baseImage", () => {
  it("is a release of Debian by digest", async () => {
    const { reference, release } = baseImage(
      await readFile(join(IMAGE_FOLDER, "Dockerfile"), "utf8"),
    );
    assert.equal(release, "trixie");
    assert.match(reference, /^docker\.io\/library\/debian:trixie-\d{8}-slim@sha256:[0-9a-f]{64}$/);
  });

  it("must be named by the Dockerfile", () => {
    assert.throws(() => baseImage("FROM alpine"), { name: "UserError", message: /ARG BASE=/ });
  });
});
