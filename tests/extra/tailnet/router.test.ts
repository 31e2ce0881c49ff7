import { strict as assert } from "node:assert";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { stopProcess } from "../../../sandbox/cluster/processes";
import { namespaceOf, VPC } from "../../../sandbox/tailnet/places";
import type { TailnetDevice } from "../../../sandbox/tailnet/control";
import { startTailnet, type Tailnet } from "../../../sandbox/tailnet/startTailnet";
import { tailnetLayout } from "../../../sandbox/tailnet/state";
import { tryRun } from "../../../host/run";
import { ownStateFolder } from "../../support/ownStateFolder";
import { ProcessWatch } from "../../support/processWatch";
import {
  askMeanwhile,
  giveKey,
  GROUP,
  logIn,
  machineOf,
  PARAMETER,
  POLICY,
  PREFIX,
  TAG,
  tailnetTools,
  untilInService,
  USER_DATA,
} from "../../support/tailnet";

const NAME = "router";
const PORT = 6443;
const URL = `http://${VPC.host}:${String(PORT)}/`;
const SERVER = `require("node:http").createServer((request, response) => response.end("here"))
  .listen(${String(PORT)}, "0.0.0.0")`;

/** Seconds until the way is open again once a router has been killed: a look, a launch and a boot. */
const REPLACED_SECONDS = 15;

/** Seconds without an answer while one router takes over from another that leaves in order. */
const HANDED_OVER_SECONDS = 5;

/** Seconds after which a router that cannot join is given up here. */
const GIVEN_UP_SECONDS = 25;

/** Seconds in which the timer comes round again, with what the script then takes. */
const HEALED_SECONDS = 75;

describe("The live stack's router, by its own user data", () => {
  ownStateFolder(NAME);
  let tailnet: Tailnet;
  let client: { id: string; key: string };
  let id = "";
  const watch = new ProcessWatch();

  const reaches = async (): Promise<boolean> => {
    const { stdout } = await tailnet.runAt("laptop", "curl", ["-sS", "--max-time", "1", URL]);
    return stdout === "here";
  };
  /** Waits for the way to be open, or not. @returns how many seconds it took. */
  const until = async (isOpen: boolean, within: number): Promise<number> => {
    const begun = performance.now();
    const seconds = (): number => (performance.now() - begun) / 1000;
    while ((await reaches()) !== isOpen) {
      assert.ok(
        seconds() < within,
        `the way is ${isOpen ? "not open" : "open"} after ${String(within)} s`,
      );
      await sleep(100);
    }
    return seconds();
  };
  const fleetLog = (): Promise<string> =>
    readFile(join(tailnetLayout(NAME).logs, "fleet.log"), "utf8");
  /** How often an instance has told its group that it has joined. */
  const calls = async (): Promise<number> => {
    const call =
      "autoscaling complete-lifecycle-action --auto-scaling-group-name httpbin-tailnet-router " +
      `--lifecycle-hook-name joined-tailnet --instance-id ${id} --lifecycle-action-result CONTINUE`;
    return (await fleetLog()).split(`${id} calls aws ${call}\n`).length - 1;
  };
  /** The log of what an instance runs at boot; nothing where it has not come that far. */
  const bootLog = (instance: string): Promise<string> =>
    readFile(join(tailnetLayout(NAME).logs, `tailnet-router-${instance}.log`), "utf8").catch(
      () => "",
    );
  const device = async (): Promise<TailnetDevice | undefined> =>
    (await tailnet.control.devices()).find(({ hostname }) => hostname === PREFIX + id);

  before(async function () {
    const tools = await tailnetTools(this);
    tailnet = await startTailnet({ name: NAME, tools });
    const server = ["-c", `exec setsid "$0" -e "$1" >/dev/null 2>&1 &`, process.execPath, SERVER];
    await tailnet.runAt("vpc", "sh", server);
    await tailnet.control.setPolicy(POLICY);
    client = await giveKey(tailnet);
    await logIn(tailnet);
  });

  it("opens the way by itself, and has its group count it once", async () => {
    assert.equal(await reaches(), false);
    watch.start(10);
    await tailnet.fleet.setGroup(GROUP);
    const seconds = await until(true, 30);
    [id = ""] = await untilInService(tailnet);
    watch.stop();
    assert.ok(seconds < 15, `${String(seconds)} s`);
    assert.match(id, /^i-0[0-9a-f]{16}$/);
    assert.equal(await calls(), 1);
  });

  it("is on the tailnet under its instance's name, with its tag and the VPC's route", async () => {
    const { tags, enabledRoutes } = (await device()) ?? {};
    assert.deepEqual([tags, enabledRoutes], [[TAG], [VPC.cidr]]);
  });

  it("shows its secret in no user data, process, log and file", async () => {
    assert.notDeepEqual(watch.holders("cmdline", "--auth-key=file:/dev/stdin"), []);
    assert.notDeepEqual(watch.holders("cmdline", "fleet.cjs"), []);
    for (const part of ["cmdline", "environ"] as const) {
      assert.deepEqual(watch.holders(part, client.key), []);
    }
    assert.ok(!USER_DATA.includes(client.key));
    const { folder, logs } = tailnetLayout(NAME);
    const files = new Set<string>();
    for (const root of [folder, logs]) {
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const text = await readFile(join(entry.parentPath, entry.name), "latin1");
        assert.ok(!text.includes(client.key), entry.name);
        files.add(entry.name);
      }
    }
    for (const one of ["fleet.log", `${id}.json`, "state.json"]) assert.ok(files.has(one), one);
    assert.ok(files.size > 20, String(files.size));
  });

  it("joins again by itself when its key has expired", async () => {
    await tailnet.control.expireDevice((await device())?.nodeId ?? "");
    await until(false, 10);
    const seconds = await until(true, HEALED_SECONDS);
    assert.ok(seconds > 1, "it was never away");
    assert.equal(await calls(), 1);
  });

  it("is replaced by its group when it is killed, and the way is open again", async () => {
    const killed = id;
    await stopProcess(machineOf(tailnet, NAME, killed).holder, ["SIGKILL"]);
    await until(false, 10);
    const seconds = await until(true, REPLACED_SECONDS);
    console.log(`      the way is open again after ${seconds.toFixed(1)} s`);
    [id = ""] = await untilInService(tailnet);
    assert.notEqual(id, killed);
    const routers = (await tailnet.control.devices()).filter(({ tags }) => tags !== null);
    assert.deepEqual(
      routers.map(({ hostname, isOnline }) => [hostname, isOnline]),
      [
        [PREFIX + killed, false],
        [PREFIX + id, true],
      ],
    );
    assert.deepEqual(
      tailnet.instances().map((instance) => instance.id),
      [id],
    );
  });

  it("has its next version in service before it goes, and hands over", async () => {
    const before = id;
    await tailnet.fleet.setGroup({ ...GROUP, version: "2" });
    const { longestGap } = await askMeanwhile(tailnet, URL, async () => {
      [id = ""] = await untilInService(tailnet, { size: 1, version: "2" });
      // The laptop may hear of it later than the group.
      await sleep(HANDED_OVER_SECONDS * 1000);
    });
    console.log(`      at most ${longestGap.toFixed(1)} s without an answer`);
    assert.ok(longestGap < HANDED_OVER_SECONDS, `${String(longestGap)} s`);
    assert.notEqual(id, before);
    const log = await fleetLog();
    const at = (line: string): number => log.indexOf(line);
    assert.ok(at(`${id} is in service`) < at(`${before} is terminated: outdated`), log);
    assert.ok(at(`${before} is gone`) > 0, log);
    assert.ok(!log.includes("does not shut down in order"), log);
  });

  it("stays on the tailnet when it is only rebooted, and leaves when its group goes", async () => {
    const leave = ["/usr/local/sbin/tailnet-router", "leave"];
    assert.ok((await machineOf(tailnet, NAME, id).run(leave)).ok);
    assert.equal(await reaches(), true);
    await tailnet.fleet.deleteGroup(GROUP.name);
    assert.equal(await reaches(), false);
    assert.equal((await device())?.isOnline, false);
    assert.deepEqual([tailnet.instances(), await tailnet.fleet.instances(GROUP.name)], [[], []]);
    const { stdout } = await tryRun("ip", ["netns", "list"]);
    assert.ok(!stdout.includes(namespaceOf(NAME, "i-")), stdout);
    assert.ok(!(await fleetLog()).includes("does not shut down in order"));
  });

  it("cannot join where the client or the parameter is gone, says so and is given up", async () => {
    await tailnet.control.deleteKey(client.id);
    await tailnet.fleet.setGroup({ ...GROUP, joinSeconds: GIVEN_UP_SECONDS });
    const instance = async (): Promise<string> => {
      const [first] = await tailnet.fleet.instances(GROUP.name);
      return first?.id ?? "";
    };
    id = await instance();
    const says = async (text: string): Promise<void> => {
      for (let attempt = 0; !(await bootLog(id)).includes(text); attempt++) {
        assert.ok(attempt < 150, await bootLog(id));
        await sleep(100);
      }
    };
    await says("API token invalid");
    await tailnet.fleet.deleteParameter(PARAMETER);
    // The next time that it tries.
    await says("An error occurred (ParameterNotFound) when calling the GetParameter operation: ");
    for (let attempt = 0; (await instance()) === id; attempt++) {
      assert.ok(attempt < GIVEN_UP_SECONDS * 10);
      await sleep(100);
    }
    assert.ok((await fleetLog()).includes(`${id} is terminated: late`));
    assert.equal(await calls(), 0);
    assert.equal(await reaches(), false);
  });
});
