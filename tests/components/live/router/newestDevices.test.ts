import { strict as assert } from "node:assert";

import { newestDevices } from "../../../../components/live/router/newestDevices";

const gone = { nodeId: "n-gone", created: "2026-01-01T10:00:00Z" };
const first = { nodeId: "n-first", created: "2026-01-02T10:00:00Z" };
const second = { nodeId: "n-second", created: "2026-01-02T09:59:59Z" };

describe("newestDevices", () => {
  it("are those that joined last, not those that are listed first", () => {
    assert.deepEqual(newestDevices([gone, second, first], 2, "live-"), ["n-first", "n-second"]);
    assert.deepEqual(newestDevices([gone, second, first], 1, "live-"), ["n-first"]);
  });

  it("says how many there are and where to look, where there are too few", () => {
    assert.throws(() => newestDevices([first], 2, "live-eu-central-1-router-"), {
      message:
        "1 of 2 subnet routers are on the tailnet (devices named live-eu-central-1-router-*). " +
        "Look at the machines page of the admin console; why one is missing is in its EC2 " +
        "instance's system log.",
    });
  });
});
