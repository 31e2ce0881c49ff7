import { strict as assert } from "node:assert";

import * as fc from "fast-check";
import { Netmask } from "netmask";

import { isInside, networkProblems, overlaps, subnetPlan } from "../../../components/live/subnets";

/** Any range that a network may have. */
const networks = fc
  .record({
    range: fc.constantFrom("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
    prefix: fc.integer({ min: 16, max: 21 }),
    offset: fc.nat(),
  })
  .map(({ range, prefix, offset }) => {
    const { base, bitmask } = new Netmask(range);
    const index = offset % 2 ** (prefix - bitmask);
    return (
      index === 0 ? new Netmask(base, prefix) : new Netmask(base, prefix).next(index)
    ).toString();
  });
const zones = fc.integer({ min: 2, max: 3 });

describe("subnetPlan", () => {
  it("gives each zone an eighth of the network for nodes, and a little for load balancers", () => {
    assert.deepEqual(subnetPlan("10.80.0.0/16", 3), {
      private: ["10.80.0.0/19", "10.80.64.0/19", "10.80.128.0/19"],
      public: ["10.80.32.0/22", "10.80.96.0/22", "10.80.160.0/22"],
    });
  });

  it("keeps every subnet inside the network, and apart from every other", () => {
    fc.assert(
      fc.property(networks, zones, (cidr, count) => {
        const plan = subnetPlan(cidr, count);
        const all = [...plan.public, ...plan.private];
        assert.equal(all.length, 2 * count);
        for (const [index, subnet] of all.entries()) {
          assert.ok(new Netmask(cidr).contains(new Netmask(subnet)), `${subnet} in ${cidr}`);
          for (const other of all.slice(index + 1)) {
            assert.ok(!overlaps(subnet, other), `${subnet} and ${other}`);
          }
        }
      }),
    );
  });

  it("changes no subnet when a zone is added", () => {
    fc.assert(
      fc.property(networks, (cidr) => {
        const [two, three] = [subnetPlan(cidr, 2), subnetPlan(cidr, 3)];
        assert.deepEqual(three.public.slice(0, 2), two.public);
        assert.deepEqual(three.private.slice(0, 2), two.private);
      }),
    );
  });

  it("leaves a load balancer the /27 that it needs, and nodes more, in the smallest network too", () => {
    fc.assert(
      fc.property(networks, zones, (cidr, count) => {
        const plan = subnetPlan(cidr, count);
        const publicSize = Math.max(...plan.public.map((subnet) => new Netmask(subnet).size));
        for (const subnet of plan.public) assert.ok(new Netmask(subnet).bitmask <= 27);
        for (const subnet of plan.private) assert.ok(new Netmask(subnet).bitmask <= 24);
        assert.ok(plan.private.every((subnet) => new Netmask(subnet).size > publicSize));
      }),
    );
  });
});

describe("networkProblems", () => {
  it("has nothing against any private range of a fitting size", () => {
    fc.assert(
      fc.property(networks, zones, (cidr, count) => {
        assert.deepEqual(networkProblems({ cidr, zones: count }), []);
      }),
    );
  });

  for (const [reason, cidr] of [
    ["is public", "8.8.0.0/16"],
    ["is Tailscale's own", "100.64.0.0/16"],
    ["is too large for a VPC", "10.0.0.0/8"],
    ["is too small for the subnets", "10.80.0.0/22"],
    ["does not begin at its first address", "10.80.0.1/16"],
    ["is no range", "10.80.0.0"],
    ["cannot be read", "all of it"],
  ] as const) {
    it(`refuses a range that ${reason}`, () => {
      const [problem, ...others] = networkProblems({ cidr, zones: 2 });
      assert.deepEqual(others, []);
      assert.equal(problem?.key, "cidr");
      assert.equal(problem.given, cidr);
    });
  }

  it("refuses one zone, four, and half of one", () => {
    for (const count of [1, 4, 2.5]) {
      const [problem, ...others] = networkProblems({ cidr: "10.80.0.0/16", zones: count });
      assert.deepEqual(others, []);
      assert.equal(problem?.key, "zones");
    }
  });
});

describe("overlaps", () => {
  it("is whether one range has an address of the other", () => {
    assert.ok(overlaps("10.0.0.0/8", "10.80.0.0/16"));
    assert.ok(overlaps("10.80.0.0/16", "10.0.0.0/8"));
    assert.ok(!overlaps("10.80.0.0/16", "10.81.0.0/16"));
    assert.ok(!overlaps("10.80.0.0/16", "no range"));
  });
});

describe("isInside", () => {
  it("is whether every address of the one range is of the other", () => {
    assert.ok(isInside("10.80.0.0/16", "10.0.0.0/8"));
    assert.ok(isInside("10.80.0.0/16", "10.80.0.0/16"));
    assert.ok(!isInside("10.0.0.0/8", "10.80.0.0/16"));
    assert.ok(!isInside("10.81.0.0/16", "10.80.0.0/16"));
    assert.ok(!isInside("no range", "10.0.0.0/8"));
    assert.ok(!isInside("10.0.0.0/8", "no range"));
  });
});
