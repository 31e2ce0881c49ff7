import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

import { tryRun } from "../../../host/run";
import { stopProcess } from "../../../sandbox/cluster/processes";
import { routerAddresses, VPC } from "../../../sandbox/tailnet/places";
import { startTailnet, type Tailnet } from "../../../sandbox/tailnet/startTailnet";
import { ownStateFolder } from "../../support/ownStateFolder";
import {
  askMeanwhile,
  giveKey,
  GROUP,
  logIn,
  machineOf,
  POLICY,
  PREFIX,
  tailnetTools,
  type Asked,
  untilInService,
} from "../../support/tailnet";

const NAME = "two";
const PORT = 6443;
const URL = `http://${VPC.host}:${String(PORT)}/`;
/** Says whom it is asked by, which is the router. */
const SERVER = `require("node:http").createServer((request, response) => {
  response.end(request.socket.remoteAddress);
}).listen(${String(PORT)}, "0.0.0.0")`;
const TWO = { ...GROUP, size: 2 };

/**
 * Seconds that the way may be shut when the router dies that it leads through, and another is there.
 * Tailscale's documentation ("Set up high availability") says of its own servers that it can take up to
 * about 15 seconds; what the laptop then needs to ask again comes on top.
 */
const FAILOVER_SECONDS = 15 + 3;

/** The same where the dead router's connections are closed, as of a machine whose processes alone end. */
const CLOSED_SECONDS = 5;

describe("Two routers of one group", () => {
  ownStateFolder(NAME);
  let tailnet: Tailnet;

  /** The instance that the way leads through: the server sees it ask. */
  const leading = async (): Promise<string> => {
    const limit = ["--max-time", "5"];
    const { stdout } = await tailnet.runAt("laptop", "curl", ["--silent", ...limit, URL]);
    const leads = tailnet
      .instances()
      .find(({ network }) => routerAddresses(network.slot).vpc === stdout);
    assert.ok(leads, stdout);
    return leads.id;
  };
  const isOnline = async (id: string): Promise<boolean> =>
    (await tailnet.control.devices()).some(
      (device) => device.hostname === PREFIX + id && device.isOnline,
    );
  /** Has an instance end, and asks until it is replaced and the tailnet knows. */
  const replace = async (id: string, end: () => Promise<void>): Promise<Asked> => {
    const asked = await askMeanwhile(tailnet, URL, async () => {
      await sleep(1000);
      await end();
      await sleep(1000);
      const ids = await untilInService(tailnet, TWO);
      assert.ok(!ids.includes(id), `${id} is still there`);
      const begun = performance.now();
      while (await isOnline(id)) {
        assert.ok(performance.now() - begun < FAILOVER_SECONDS * 1000, `${id} is not missed`);
        await sleep(100);
      }
      await sleep(3000);
    });
    console.log(
      `      ${String(asked.answered)} answers, at most ${asked.longestGap.toFixed(1)} s without one`,
    );
    return asked;
  };
  const kill = async (id: string): Promise<void> => {
    await stopProcess(machineOf(tailnet, NAME, id).holder, ["SIGKILL"]);
  };
  /** As a machine whose power fails: nobody hears of it. */
  const cutOff = async (id: string): Promise<void> => {
    const { namespace } = machineOf(tailnet, NAME, id).options;
    for (const link of ["eth0", "eth1"]) {
      const { ok, all } = await tryRun("ip", ["-netns", namespace, "link", "set", link, "down"]);
      assert.ok(ok, all);
    }
    await kill(id);
  };

  before(async function () {
    const tools = await tailnetTools(this);
    tailnet = await startTailnet({ name: NAME, tools });
    const server = ["-c", `exec setsid "$0" -e "$1" >/dev/null 2>&1 &`, process.execPath, SERVER];
    await tailnet.runAt("vpc", "sh", server);
    await tailnet.control.setPolicy(POLICY);
    await giveKey(tailnet);
    await logIn(tailnet);
    await tailnet.fleet.setGroup(TWO);
    await untilInService(tailnet, TWO);
  });

  it("lose nothing while the one dies that nothing leads through", async () => {
    const first = await leading();
    const other = (await tailnet.fleet.instances(TWO.name)).find(({ id }) => id !== first);
    const { answered, longestGap } = await replace(other?.id ?? "", () => cutOff(other?.id ?? ""));
    assert.ok(answered > 20 && longestGap < 2, `${String(longestGap)} s`);
    assert.equal(await leading(), first);
  });

  it("are one for a while, where the other dies without a word, and the group replaces it", async () => {
    const first = await leading();
    const { longestGap } = await replace(first, () => cutOff(first));
    assert.ok(longestGap < FAILOVER_SECONDS, `${String(longestGap)} s`);
  });

  it("and where the next one dies too, which the tailnet is told at once", async () => {
    const first = await leading();
    const { longestGap } = await replace(first, () => kill(first));
    assert.ok(longestGap < CLOSED_SECONDS, `${String(longestGap)} s`);
  });

  it("are one where the group is made smaller: the other takes over from the one that leaves", async () => {
    const asked = await askMeanwhile(tailnet, URL, async () => {
      await tailnet.fleet.setGroup(GROUP);
      await untilInService(tailnet, GROUP);
      await sleep(3000);
    });
    assert.ok(asked.longestGap < CLOSED_SECONDS, `${String(asked.longestGap)} s`);
    const online = (await tailnet.control.devices()).filter(
      ({ hostname, isOnline }) => isOnline && hostname.startsWith(PREFIX),
    );
    assert.deepEqual(
      online.map(({ hostname }) => hostname),
      tailnet.instances().map(({ id }) => PREFIX + id),
    );
  });
});
