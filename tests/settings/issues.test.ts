import { strict as assert } from "node:assert";

import { keyOf, shown } from "../../settings/issues";

describe("shown", () => {
  const raw = {
    values: { app: { host: "a.b" }, home: { dns: { zone: "secret" } }, dnsToken: "hunter2" },
    encrypted: new Set(["home"]),
  };

  it("is the value as JSON, cut where it is long", () => {
    assert.equal(shown(["app", "host"], raw), '"a.b"');
    const long = { values: { app: "x".repeat(100) }, encrypted: new Set<string>() };
    assert.equal(shown(["app"], long), `"${"x".repeat(76)}…`);
  });

  it("is never a secret's, nor that of anything below a key that is encrypted", () => {
    assert.equal(shown(["home", "dns", "zone"], raw), "a secret, which is not shown");
    assert.equal(shown(["dnsToken"], raw), "a secret, which is not shown");
  });

  it("is of a map its keys alone, of which one may hold what was pasted there by mistake", () => {
    const values = { home: { kubeconfigPath: "hunter2", dns: { zone: "a.b" } }, app: {} };
    assert.equal(shown(["home"], { values, encrypted: new Set() }), "a map of kubeconfigPath, dns");
    assert.equal(shown(["app"], { values, encrypted: new Set() }), "a map of nothing");
  });

  it("is nothing where nothing is given", () => {
    assert.equal(shown(["app", "image"], raw), "nothing");
    assert.equal(shown(["home", "acme"], raw), "nothing");
  });
});

describe("keyOf", () => {
  it("is the path as the engine's own --path takes it", () => {
    assert.equal(keyOf(["home", "servers", 1, "name"]), "home.servers[1].name");
  });
});
