import { strict as assert } from "node:assert";
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { spawn, type Started } from "../../../../sandbox/cluster/processes";
import { takesConnections, untilItDoes } from "../../../../sandbox/cluster/readiness";
import { tailnetLayout, writeTailnet, type TailnetState } from "../../../../sandbox/tailnet/state";
import { stopTailnet } from "../../../../sandbox/tailnet/stopTailnet";
import { ownStateFolder } from "../../../support/ownStateFolder";

const NAME = "fleet-main";
const MAIN = join(__dirname, "../../../../sandbox/tailnet/fleet/fleetMain.ts");

describe("the fleet's process", () => {
  ownStateFolder(NAME);
  let state: TailnetState;

  /** Starts it as `startTailnet` does, but for its record. */
  const start = async (): Promise<Started> => {
    const layout = tailnetLayout(NAME);
    const command = [
      process.execPath,
      "--require",
      "tsx/cjs",
      MAIN,
      NAME,
      "tailscaled",
      "tailscale",
    ];
    const started = await spawn("fleet", command, layout);
    await untilItDoes(started, () => takesConnections(layout.fleet));
    return started;
  };

  beforeEach(() => {
    state = { version: 1, name: NAME, namespaces: [], processes: [] };
    writeTailnet(tailnetLayout(NAME), state);
  });

  it("ends with its tailnet though nobody has noted it", async () => {
    const { ended } = await start();
    assert.equal(await stopTailnet(NAME), true);
    assert.equal(await ended, "exit code 0");
  });

  it("ends where another is the fleet of its tailnet by now", async () => {
    const first = await start();
    await rm(tailnetLayout(NAME).fleet);
    const second = await start();
    writeTailnet(tailnetLayout(NAME), { ...state, processes: [second.record] });
    assert.equal(await first.ended, "exit code 0");
    assert.ok(await takesConnections(tailnetLayout(NAME).fleet));
    assert.equal(await stopTailnet(NAME), true);
    assert.equal(await second.ended, "SIGKILL");
  });
});
