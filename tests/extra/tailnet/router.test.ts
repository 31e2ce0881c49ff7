import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { userData } from "../../../components/live/router/userData";
import { stopProcess } from "../../../sandbox/cluster/processes";
import { Machine } from "../../../sandbox/tailnet/machine";
import { VPC } from "../../../sandbox/tailnet/places";
import { bootRouter, type Router } from "../../../sandbox/tailnet/router/bootRouter";
import { startTailnet, type Tailnet } from "../../../sandbox/tailnet/startTailnet";
import { tailnetLayout } from "../../../sandbox/tailnet/state";
import { ensureTools } from "../../../sandbox/toolchain/toolchain";
import { TOOLS } from "../../../sandbox/toolchain/tools";
import { versions } from "../../../versions";
import { hasGo } from "../../support/goTools";
import { cannotRunContainers } from "../../support/machine";
import { ownStateFolder } from "../../support/ownStateFolder";
import { skip } from "../../support/reporter";

const NAME = "router";
const TAG = "tag:k8s-test-router";
const PARAMETER = "/k8s-test/httpbin/tailnet-router";
const PREFIX = "httpbin-eu-central-1-router-";
const PORT = 6443;
const USER_DATA = userData({
  region: "eu-central-1",
  group: "httpbin-tailnet-router",
  hook: "joined-tailnet",
  parameter: PARAMETER,
  hostnamePrefix: PREFIX,
  tag: TAG,
  route: VPC.cidr,
  tailscaleVersion: versions.tailscale,
});
const POLICY = `{
  "tagOwners": { "${TAG}": ["autogroup:admin"] },
  "autoApprovers": { "routes": { "${VPC.cidr}": ["${TAG}"] } },
}`;
const SERVER = `require("node:http").createServer((request, response) => response.end("here"))
  .listen(${String(PORT)}, "0.0.0.0")`;

/** Seconds in which the timer comes round again, with what the script then takes. */
const HEALED_SECONDS = 75;

describe("The live stack's router, by its own user data", () => {
  ownStateFolder(NAME);
  let tailnet: Tailnet;
  let client: { id: string; key: string };
  let router: Router;
  let machine: Machine;
  const commandLines = new Set<string>();

  const reaches = async (): Promise<boolean> => {
    const url = `http://${VPC.host}:${String(PORT)}/`;
    const { stdout } = await tailnet.runAt("laptop", "curl", ["-sS", "--max-time", "1", url]);
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
  const boot = (instanceId: string): Promise<Router> =>
    bootRouter(machine, {
      userData: USER_DATA,
      instanceId,
      parameter: { name: PARAMETER, value: `${client.key}?ephemeral=true&preauthorized=true` },
      programs: tailnet.programs,
    });
  /** What processes are started with, their environment too, taken many times a second. */
  const watchProcesses = (): NodeJS.Timeout =>
    setInterval(() => {
      for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
        for (const file of ["cmdline", "environ"]) {
          try {
            commandLines.add(readFileSync(join("/proc", pid, file), "latin1"));
          } catch {
            // It ended meanwhile.
          }
        }
      }
    }, 10);

  before(async function () {
    const cannot = cannotRunContainers() ?? ((await hasGo()) ? undefined : "needs Go");
    if (cannot !== undefined) skip(this, cannot);
    const tools = await ensureTools(TOOLS.filter(({ part }) => part === "tailnet"));
    tailnet = await startTailnet({ name: NAME, tools });
    machine = tailnet.router;
    const server = ["-c", `exec setsid "$0" -e "$1" >/dev/null 2>&1 &`, process.execPath, SERVER];
    await tailnet.runAt("vpc", "sh", server);
    await tailnet.control.setPolicy(POLICY);
    client = await tailnet.control.createClient([TAG]);
    const { key } = await tailnet.control.createKey();
    const up = ["tailscale", "up", "--auth-key=file:/dev/stdin", "--accept-routes"];
    const { ok, all } = await tailnet.laptop.run(up, key);
    assert.ok(ok, all);
  });

  it("opens the way by itself, and has its group count it once", async () => {
    assert.equal(await reaches(), false);
    const watch = watchProcesses();
    router = await boot("i-0aaaaaaaaaaaaaaa1");
    const seconds = await until(true, 30);
    while ((await router.calls()).length === 0) await sleep(100);
    clearInterval(watch);
    assert.ok(seconds < 15, `${String(seconds)} s`);
    assert.deepEqual(await router.calls(), [
      "autoscaling complete-lifecycle-action --auto-scaling-group-name httpbin-tailnet-router " +
        "--lifecycle-hook-name joined-tailnet --instance-id i-0aaaaaaaaaaaaaaa1 " +
        "--lifecycle-action-result CONTINUE",
    ]);
  });

  it("is on the tailnet under its instance's name, with its tag and the VPC's route", async () => {
    const device = (await tailnet.control.devices()).find(({ tags }) => tags !== null);
    assert.equal(device?.hostname, `${PREFIX}i-0aaaaaaaaaaaaaaa1`);
    assert.deepEqual([device.tags, device.enabledRoutes], [[TAG], [VPC.cidr]]);
  });

  it("shows its secret in no user data, process, log and file", async () => {
    assert.ok([...commandLines].some((line) => line.includes("--auth-key=file:/dev/stdin")));
    assert.ok([...commandLines].every((line) => !line.includes(client.key)));
    assert.ok(!USER_DATA.includes(client.key));
    const { folder, logs } = tailnetLayout(NAME);
    let files = 0;
    for (const root of [folder, logs]) {
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const text = await readFile(join(entry.parentPath, entry.name), "latin1");
        assert.ok(!text.includes(client.key), entry.name);
        files++;
      }
    }
    assert.ok(files > 20, String(files));
  });

  it("joins again by itself when its key has expired", async () => {
    const device = (await tailnet.control.devices()).find(({ tags }) => tags !== null);
    await tailnet.control.expireDevice(device?.nodeId ?? "");
    await until(false, 10);
    const seconds = await until(true, HEALED_SECONDS);
    assert.ok(seconds > 1, "it was never away");
    assert.equal((await router.calls()).length, 1);
  });

  it("has the way open again once another instance takes its place, without anybody's help", async () => {
    await stopProcess(machine.holder, ["SIGKILL"]);
    await until(false, 10);
    machine = await Machine.start(machine.options);
    router = await boot("i-0bbbbbbbbbbbbbbb2");
    assert.ok((await until(true, 30)) < 15);
    const names = (await tailnet.control.devices()).map(({ hostname, isOnline }) => [
      hostname,
      isOnline,
    ]);
    assert.deepEqual(names.slice(1), [
      [`${PREFIX}i-0aaaaaaaaaaaaaaa1`, false],
      [`${PREFIX}i-0bbbbbbbbbbbbbbb2`, true],
    ]);
  });

  it("stays on the tailnet when it is only rebooted, and leaves when it is taken out", async () => {
    await router.shutDown(false);
    assert.equal(await reaches(), true);
    await router.shutDown(true);
    await until(false, 10);
  });

  it("cannot join where the client is gone, and says so in its log", async () => {
    await tailnet.control.deleteKey(client.id);
    await stopProcess(machine.holder, ["SIGKILL"]);
    machine = await Machine.start(machine.options);
    const log = join(tailnetLayout(NAME).logs, "tailnet-router-router.log");
    const before = (await readFile(log, "utf8")).length;
    router = await boot("i-0ccccccccccccccc3");
    const said = async (): Promise<string> => (await readFile(log, "utf8")).slice(before);
    for (let attempt = 0; !(await said()).includes("API token invalid"); attempt++) {
      assert.ok(attempt < 150, await said());
      await sleep(100);
    }
    assert.equal(await reaches(), false);
    assert.deepEqual(await router.calls(), []);
  });
});
