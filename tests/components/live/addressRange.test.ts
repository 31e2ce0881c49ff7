import { strict as assert } from "node:assert";

import { isWithin, TAILNET_RANGES } from "../../../components/live/addressRange";

describe("isWithin", () => {
  it("tells Tailscale's addresses, of both kinds, from others", () => {
    for (const address of ["100.64.0.1", "100.127.255.254", "fd7a:115c:a1e0::1"]) {
      assert.equal(isWithin(address, TAILNET_RANGES), true, address);
    }
    for (const address of ["100.63.255.255", "100.128.0.0", "fd7a:115c:a1e1::1", "10.80.0.1"]) {
      assert.equal(isWithin(address, TAILNET_RANGES), false, address);
    }
  });

  it("holds for the first and the last address of a range, and not beyond", () => {
    const within = ["10.79.255.255", "10.80.0.0", "10.80.255.255", "10.81.0.0"].map((address) =>
      isWithin(address, ["10.80.0.0/16"]),
    );
    assert.deepEqual(within, [false, true, true, false]);
  });

  it("does not hold for what is no address, nor for no range", () => {
    assert.equal(isWithin("", TAILNET_RANGES), false);
    assert.equal(isWithin("localhost", ["127.0.0.0/8"]), false);
    assert.equal(isWithin("10.0.0.1", []), false);
  });
});
