import { strict as assert } from "node:assert";

import { tailnetLayout } from "../../../sandbox/tailnet/state";
import { tailnetReport } from "../../../sandbox/tailnet/tailnetReport";
import type { TailnetStatus } from "../../../sandbox/tailnet/tailnetStatus";

const STATUS: TailnetStatus = {
  layout: tailnetLayout("shown"),
  state: { version: 1, name: "shown", namespaces: [], processes: [] },
  instances: [
    {
      version: 1,
      id: "i-0123456789abcdef0",
      group: "live-tailnet-router",
      network: { namespace: "k8s-test-shown-1", slot: 2, internet: "", vpc: "" },
      processes: [],
    },
  ],
  ended: [],
  isWhole: true,
};

describe("tailnetReport", () => {
  it("names each place, what is there, and each instance with its addresses", () => {
    assert.equal(
      tailnetReport(STATUS),
      `Tailnet "shown": all of its processes run
  internet  Tailscale's servers at 203.0.113.1, DNS at 1.1.1.1, 8.8.8.8, 203.0.113.53
  router    i-0123456789abcdef0, 203.0.113.12 and 10.80.0.12
  VPC       10.80.0.0/16, DNS at 10.80.0.2, 0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com at 10.80.1.10
  laptop    203.0.113.20, where pulumi and kubectl run
  stranger  203.0.113.30`,
    );
  });

  it("says what has ended, and that there is no router", () => {
    const ended = { ...STATUS, instances: [], ended: ["dns-vpc", "tailnet-control"] };
    const lines = tailnetReport({ ...ended, isWhole: false }).split("\n");
    assert.equal(lines[0], 'Tailnet "shown": ENDED: dns-vpc, tailnet-control');
    assert.equal(lines.at(-1), "  no router: no instance of one is there");
  });

  it("says that its start was cut off", () => {
    const [first] = tailnetReport({ ...STATUS, isWhole: false }).split("\n");
    assert.equal(first, 'Tailnet "shown": its start was cut off');
  });
});
