import { strict as assert } from "node:assert";

import { usualWay } from "../../../sandbox/stack/loadPlace";

describe("usualWay", () => {
  it("is the Service, and with KEDA the Ingress, where requests are counted", () => {
    assert.equal(usualWay({}), "service");
    assert.equal(usualWay({ monitored: "sandbox" }), "ingress");
  });
});
