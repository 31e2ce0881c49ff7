import { strict as assert } from "node:assert";

import { isInstalled, refusal } from "../../host/tools";

const able = { root: true, debian: true, allowed: true };

describe("refusal", () => {
  it("is none where nothing is missing, whoever asks", () => {
    assert.equal(refusal([], { root: false, debian: false, allowed: false }), undefined);
  });

  it("is none for root on Debian", () => {
    assert.equal(refusal(["buildah"], able), undefined);
  });

  it("names the packages and the command where installing is forbidden", () => {
    assert.equal(
      refusal(["buildah", "mmdebstrap"], { ...able, allowed: false }),
      "Not installed: buildah mmdebstrap. Run: apt-get install --yes buildah mmdebstrap, or leave --no-install away.",
    );
  });

  it("asks for sudo of whoever is not root", () => {
    assert.equal(
      refusal(["runc"], { ...able, root: false }),
      "Not installed: runc. Installing needs root. Run: sudo apt-get install --yes runc",
    );
  });

  it("leaves other systems to their own package manager", () => {
    assert.match(
      refusal(["runc"], { ...able, debian: false }) ?? "",
      /^Not installed: runc \(Debian's names\)\. This machine is neither Debian nor Ubuntu/,
    );
  });
});

describe("isInstalled", () => {
  it("finds programs on the PATH only", async () => {
    assert.equal(await isInstalled("sh"), true);
    assert.equal(await isInstalled("no-such-program"), false);
  });
});
