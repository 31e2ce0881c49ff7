import { strict as assert } from "node:assert";
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { spawn } from "../../../sandbox/cluster/processes";
import { namespaceOf } from "../../../sandbox/tailnet/places";
import {
  readTailnet,
  tailnetLayout,
  writeTailnet,
  type TailnetState,
} from "../../../sandbox/tailnet/state";
import { stopTailnet } from "../../../sandbox/tailnet/stopTailnet";
import { ownStateFolder } from "../../support/ownStateFolder";

const NAME = "tailnet-state";
const STATE: TailnetState = {
  version: 1,
  name: NAME,
  namespaces: [],
  processes: [],
};

describe("the state of a tailnet", () => {
  ownStateFolder(NAME);

  it("is not there before anything was made", async () => {
    assert.equal(readTailnet(tailnetLayout(NAME)), undefined);
    assert.equal(await stopTailnet(NAME), false);
  });

  it("is read as it was written, by its owner alone", () => {
    const layout = tailnetLayout(NAME);
    writeTailnet(layout, STATE);
    assert.deepEqual(readTailnet(layout), STATE);
    assert.equal(statSync(layout.state).mode & 0o777, 0o600);
  });

  it("goes with the tailnet, once", async () => {
    assert.equal(await stopTailnet(NAME), true);
    assert.ok(!existsSync(tailnetLayout(NAME).folder));
    assert.equal(await stopTailnet(NAME), false);
  });

  it("keeps anything from being ended where it cannot be read", async () => {
    const layout = tailnetLayout(NAME);
    writeTailnet(layout, STATE);
    for (const text of ["{", '{"version": 2, "namespaces": []}']) {
      writeFileSync(layout.state, text);
      await assert.rejects(stopTailnet(NAME), /is not the state of a tailnet. Nothing has been/);
    }
    writeTailnet(layout, STATE);
  });

  it("has all be ended that can be, where what an instance was made of cannot be read", async () => {
    const layout = tailnetLayout(NAME);
    const sleeper = await spawn("sleeper", ["sleep", "600"], layout);
    writeTailnet(layout, { ...STATE, processes: [sleeper.record] });
    const instance = join(layout.instances, "i-1.json");
    mkdirSync(layout.instances, { recursive: true });
    writeFileSync(instance, "{");
    const said = new RegExp(
      `not wholly down: .*i-1\\.json is not the state.*Then run again: .* down --name ${NAME}$`,
    );
    await assert.rejects(stopTailnet(NAME), said);
    assert.equal(await sleeper.ended, "SIGKILL");
    rmSync(instance);
    assert.equal(await stopTailnet(NAME), true);
  });

  it("has the cluster's name in the names of its namespaces", () => {
    assert.equal(namespaceOf("sandbox", "vpc"), "k8s-test-sandbox-vpc");
  });

  it("refuses a name that cannot be a cluster's", () => {
    assert.throws(() => tailnetLayout("../x"), /cannot be a cluster's name/);
  });
});
