import { strict as assert } from "node:assert";

import { stateFolder } from "../../host/stateFolder";

describe("stateFolder", () => {
  it("is where XDG_STATE_HOME says, or in the home folder", () => {
    assert.equal(stateFolder({ XDG_STATE_HOME: "/state" }, "/home/a"), "/state/k8s-test");
    assert.equal(stateFolder({}, "/home/a"), "/home/a/.local/state/k8s-test");
  });

  it("ignores a path that is not absolute", () => {
    const env = { XDG_STATE_HOME: "state" };
    assert.equal(stateFolder(env, "/home/a"), "/home/a/.local/state/k8s-test");
  });
});
