import { strict as assert } from "node:assert";

import * as fc from "fast-check";

import { RULES } from "../../policy/rules";
import { natPerZone } from "../../policy/rules/natPerZone";
import { imageByDigest } from "../../policy/rules/imageByDigest";
import { checkWaivers, ended, holds, isAbout, type Waiver } from "../../policy/waiver";

const WAIVER: Waiver = {
  rule: "nat-per-zone",
  stack: "live",
  resource: /^live-network-0$/,
  reason: "One gateway is enough while nobody but us uses the stack.",
  until: "2026-12-31",
};

const finding = (stack: string, name: string, found = "1 NAT gateway for 3 zones") => ({
  resource: {
    urn: `urn:pulumi:${stack}::k8s-test::aws:ec2/natGateway:NatGateway::${name}`,
    type: "aws:ec2/natGateway:NatGateway",
    name,
    inputs: {},
  },
  found,
});

describe("a waiver", () => {
  it("has a rule that there is, a stack, resources, a reason and an end", () => {
    assert.deepEqual(checkWaivers([WAIVER], RULES), [WAIVER]);
  });

  it("is refused without any of them, with all that is wrong at once", () => {
    const endless = { ...WAIVER, until: undefined };
    const wrong = [
      endless,
      { ...WAIVER, rule: "nat-per-zones" },
      { ...WAIVER, until: "2026-02-30" },
      { ...WAIVER, reason: "because" },
      { ...WAIVER, forever: true },
      { ...WAIVER, resource: "live-network-0" },
      { ...WAIVER, found: /1 NAT/g },
    ];
    assert.throws(
      () => checkWaivers(wrong, RULES),
      (error: Error) => {
        const [head, ...lines] = error.message.split("\n");
        assert.equal(
          head,
          "Each waiver in policy/waivers.ts has rule, stack, resource, reason and until (YYYY-MM-DD):",
        );
        const places = lines.map((line) => /^ {2}waiver \d: [a-z ]+/.exec(line)?.[0].trim());
        assert.deepEqual(places, [
          "waiver 1: until",
          "waiver 2: rule",
          "waiver 3: until",
          "waiver 4: reason",
          "waiver 5: as a whole",
          "waiver 6: resource",
          "waiver 7: found",
        ]);
        assert.match(lines[1] ?? "", /must be one of .*nat-per-zone\b/);
        return true;
      },
    );
  });

  it("is about its rule, its stack, its resources and what it names, and nothing else", () => {
    const isFor = (waiver: Waiver, ...args: Parameters<typeof finding>): boolean =>
      isAbout(waiver, natPerZone, finding(...args));
    assert.ok(isFor(WAIVER, "live", "live-network-0"));
    assert.ok(!isFor(WAIVER, "staging", "live-network-0"));
    assert.ok(!isFor(WAIVER, "live", "live-network-00"));
    assert.ok(!isAbout(WAIVER, imageByDigest, finding("live", "live-network-0")));
    const ofThree = { ...WAIVER, found: /for 3 zones$/ };
    assert.ok(isFor(ofThree, "live", "live-network-0"));
    assert.ok(!isFor(ofThree, "live", "live-network-0", "1 NAT gateway for 2 zones"));
  });

  it("holds to the end of its last day, in UTC, and not a moment longer", () => {
    assert.ok(holds(WAIVER, new Date("2026-12-31T23:59:59.999Z")));
    assert.ok(!holds(WAIVER, new Date("2027-01-01T00:00:00Z")));
    const end = Date.parse("2027-01-01T00:00:00Z");
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0) }), (day) => {
        assert.equal(holds(WAIVER, day), day.getTime() < end);
      }),
    );
  });

  it("says when it ended", () => {
    assert.equal(
      ended([WAIVER]),
      "\n  A waiver for it ended on 2026-12-31: One gateway is enough while nobody but us uses the stack.",
    );
    assert.equal(ended([]), "");
  });
});
