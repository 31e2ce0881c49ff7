import { strict as assert } from "node:assert";

import { vpcResolver } from "../../../../components/live/router/vpcResolver";

describe("vpcResolver", () => {
  it("is the base of the VPC's range plus two", () => {
    assert.equal(vpcResolver("10.80.0.0/16"), "10.80.0.2");
    assert.equal(vpcResolver("192.168.128.0/20"), "192.168.128.2");
    assert.equal(vpcResolver("172.31.255.240/28"), "172.31.255.242");
  });
});
