import { strict as assert } from "node:assert";

import { UNKNOWN } from "../../../policy/inputs";
import { judge, type RegisteredResource } from "../../../policy/rule";
import { natPerZone } from "../../../policy/rules/natPerZone";
import { menderFor } from "../../../settings/mend";
import { changed, describeRule, registeredStacks } from "../../support/policy";

const GATEWAY = "aws:ec2/natGateway:NatGateway";

// In the fixture live-with-everything, one gateway serves three zones: it is known to be found.
describeRule(natPerZone, {}, () => {
  let live: readonly RegisteredResource[];
  before(async () => {
    live = (await registeredStacks()).get("live") ?? assert.fail();
  });

  it("forbids one gateway for two zones, and names it", async () => {
    const [first, ...others] = live.filter(({ type }) => type === GATEWAY);
    const findings = await judge(
      natPerZone,
      live.filter((resource) => !others.includes(resource)),
    );
    assert.deepEqual(findings, [{ resource: first, found: "1 NAT gateway for 2 zones" }]);
  });

  it("counts gateways in one subnet as one", async () => {
    const inOne = live.map((it) =>
      it.type === GATEWAY ? changed(it, "subnetId", "subnet-1") : it,
    );
    assert.deepEqual(
      (await judge(natPerZone, inOne)).map(({ found }) => found),
      ["1 NAT gateway for 2 zones"],
    );
  });

  it("has nothing to say where no zone is known yet", async () => {
    const [first] = live.filter(({ type }) => type === GATEWAY);
    const subnets = live
      .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
      .map((subnet) => changed(subnet, "availabilityZone", UNKNOWN));
    assert.deepEqual(await judge(natPerZone, [first ?? assert.fail(), ...subnets]), []);
  });

  it("is mended by the command that the config knows", () => {
    assert.equal(natPerZone.mend("live"), menderFor("live").set("live.network.nat", "perZone"));
  });
});
