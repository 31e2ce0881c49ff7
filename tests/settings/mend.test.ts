import { strict as assert } from "node:assert";

import { isSecretKey, menderFor } from "../../settings/mend";

describe("menderFor", () => {
  const mender = menderFor("home");

  it("sets a key, by its path where it is inside another", () => {
    assert.equal(mender.set("platform", "home"), "pulumi config set --stack home platform home");
    assert.equal(
      mender.set("app.autoscaling.maxReplicas", 4),
      "pulumi config set --stack home --path app.autoscaling.maxReplicas 4",
    );
  });

  it("quotes what a shell would take for something else", () => {
    assert.equal(
      mender.set("a.b[0]", "it's here"),
      `pulumi config set --stack home --path 'a.b[0]' 'it'\\''s here'`,
    );
  });

  it("asks for a secret instead of showing one", () => {
    assert.equal(
      mender.set("dnsToken", "hunter2"),
      "pulumi config set --stack home --secret dnsToken",
    );
    assert.equal(
      mender.set("kubeconfig", "hunter2"),
      "pulumi config set --stack home --secret kubeconfig < kubeconfig.yaml",
    );
  });

  it("removes a key", () => {
    assert.equal(mender.remove("live"), "pulumi config rm --stack home live");
    assert.equal(mender.remove("home.acme"), "pulumi config rm --stack home --path home.acme");
  });
});

describe("isSecretKey", () => {
  it("knows the keys that are given encrypted", () => {
    const keys = ["kubeconfig", "dnsToken", "tailscaleOauthSecret", "home", "app.host"];
    assert.deepEqual(keys.filter(isSecretKey), keys.slice(0, 3));
  });
});
