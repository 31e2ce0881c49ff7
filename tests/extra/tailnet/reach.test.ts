import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { tryRun } from "../../../host/run";
import { stopProcess } from "../../../sandbox/cluster/processes";
import { stopCluster } from "../../../sandbox/cluster/stopCluster";
import type { Machine } from "../../../sandbox/tailnet/machine";
import {
  namespaceOf,
  ON_INTERNET,
  routerAddresses,
  VPC,
  type Place,
} from "../../../sandbox/tailnet/places";
import { startTailnet, type Tailnet } from "../../../sandbox/tailnet/startTailnet";
import { readTailnet, tailnetLayout } from "../../../sandbox/tailnet/state";
import type { Toolchain } from "../../../sandbox/toolchain/toolchain";
import { ownStateFolder } from "../../support/ownStateFolder";
import {
  giveKey,
  GROUP,
  machineOf,
  POLICY,
  TAG,
  tailnetTools,
  untilInService,
} from "../../support/tailnet";

const NAME = "reach";
const PORT = 6443;
const ROUTER = routerAddresses(0);
/** A server that says what it is asked from; in the VPC it stands for the API server. */
const SERVER = `require("node:http").createServer((request, response) => {
  response.end(request.socket.remoteAddress);
}).listen(${String(PORT)}, "0.0.0.0")`;

/** Links of this machine that other suites have, which may run meanwhile: a node's, and that of vpc.test.ts. */
const OF_OTHERS = /^k8s-test(?:0|-vpcn)\b.*\n/gm;

describe("A tailnet with five places", () => {
  const state = ownStateFolder(NAME);
  let tools: Toolchain;
  let tailnet: Tailnet;
  let router: Machine;
  let server: string[];
  let untouched: Record<string, string>;

  /** What the server answers to a place; undefined where it is not reached within two seconds. */
  const ask = async (place: Place, server = VPC.host): Promise<string | undefined> => {
    const url = `http://${server}:${String(PORT)}/`;
    const { ok, stdout } = await tailnet.runAt(place, "curl", ["-sS", "--max-time", "2", url]);
    return ok ? stdout : undefined;
  };
  /** Waits until a place reaches the server, or does not. @returns how many seconds it took. */
  const until = async (
    reaches: boolean,
    place: Place = "laptop",
    server?: string,
  ): Promise<number> => {
    const begun = performance.now();
    while (((await ask(place, server)) !== undefined) !== reaches) {
      const seconds = (performance.now() - begun) / 1000;
      assert.ok(seconds < 30, `the ${place} ${reaches ? "does not reach" : "reaches"} the VPC`);
      await sleep(100);
    }
    return (performance.now() - begun) / 1000;
  };
  const join = async (machine: Machine, flags: string[], key: string): Promise<void> => {
    const args = [
      "tailscale",
      "up",
      "--reset",
      "--timeout=20s",
      "--auth-key=file:/dev/stdin",
      ...flags,
    ];
    const { ok, all } = await machine.run(args, key);
    assert.ok(ok, all);
  };
  /** As the live stack's routers do. */
  const joinRouter = (key: string): Promise<void> =>
    join(
      router,
      [`--advertise-tags=${TAG}`, `--advertise-routes=${VPC.cidr}`, "--accept-dns=false"],
      `${key}?ephemeral=true&preauthorized=true`,
    );
  const stateOf = async (machine: Machine): Promise<unknown> => {
    const { stdout } = await machine.run(["tailscale", "status", "--json", "--peers=false"]);
    return (JSON.parse(stdout) as { BackendState: unknown }).BackendState;
  };
  const routerId = async (): Promise<string> => {
    const devices = await tailnet.control.devices();
    return devices.find(({ tags }) => tags?.includes(TAG) === true)?.nodeId ?? "none";
  };
  const ofMachine = async (): Promise<Record<string, string>> => ({
    resolver: await readFile("/etc/resolv.conf", "utf8"),
    links: (await tryRun("ip", ["-brief", "link"])).stdout.replace(OF_OTHERS, ""),
    rules: (await tryRun("ip", ["rule"])).stdout,
    backup: String(existsSync("/etc/resolv.pre-tailscale-backup.conf")),
  });

  before(async function () {
    tools = await tailnetTools(this);
    untouched = await ofMachine();
    tailnet = await startTailnet({ name: NAME, tools });
    server = ["-c", `exec setsid "$0" -e "$1" >/dev/null 2>&1 &`, process.execPath, SERVER];
    await tailnet.runAt("vpc", "sh", server);
    await until(true, "vpc", "127.0.0.1");
  });

  it("has nothing of the environment of whoever started it on its machines", async () => {
    const environments = await tailnet.laptop.run([
      ...["sh", "-c", "env; tr '\\0' '\\n' < /proc/$(pidof tailscaled)/environ"],
    ]);
    const names = environments.stdout.split("\n").map((line) => line.split("=")[0] ?? "");
    // A shell sets PWD by itself.
    const own = ["PATH", "SSL_CERT_FILE", "PWD", "PATH", "SSL_CERT_FILE"];
    assert.deepEqual(names.filter((name) => name !== "").sort(), own.sort());
  });

  it("writes no file of the host's, where the host has a link to one", async () => {
    const file = `${state.path()}/of-the-host`;
    await writeFile(file, "untouched");
    assert.ok((await tailnet.laptop.run(["ln", "-s", file, "/etc/linked"])).ok);
    await tailnet.laptop.write("/etc/linked", "written");
    assert.equal((await tailnet.laptop.run(["cat", "/etc/linked"])).stdout, "written");
    assert.equal(await readFile(file, "utf8"), "untouched");
  });

  it("lets nobody reach the VPC before there is a router", async () => {
    assert.equal(await ask("laptop"), undefined);
    assert.equal(await ask("stranger"), undefined);
  });

  it("has no client for a tag that the policy file does not know", async () => {
    await assert.rejects(
      tailnet.control.createClient([TAG]),
      /400 .*requested tags are invalid or not permitted: tag:k8s-test-router/,
    );
  });

  it("opens the way by one OAuth client and a policy that approves the route", async () => {
    await tailnet.control.setPolicy(POLICY);
    await giveKey(tailnet);
    await tailnet.fleet.setGroup(GROUP);
    const [id = ""] = await untilInService(tailnet);
    router = machineOf(tailnet, NAME, id);
    await router.run(["sh", ...server]);
    const { key } = await tailnet.control.createKey();
    await join(tailnet.laptop, ["--hostname=laptop", "--accept-routes"], key);
    const seconds = await until(true);
    assert.ok(seconds < 5, `${String(seconds)} s`);
    const [first, laptop] = await tailnet.control.devices();
    assert.deepEqual([first?.tags, first?.enabledRoutes], [[TAG], [VPC.cidr]]);
    assert.equal(laptop?.hostname, "laptop");
  });

  it("has requests come from the router, whose address the VPC knows the way to", async () => {
    assert.equal(await ask("laptop"), ROUTER.vpc);
  });

  it("keeps a stranger out, who sends what is for the VPC to the router", async () => {
    const route = ["route", "add", VPC.cidr, "via", ROUTER.internet];
    assert.ok((await tailnet.runAt("stranger", "ip", route)).ok);
    assert.equal(await ask("stranger"), undefined);
    assert.equal(await ask("stranger", ROUTER.internet), undefined);
  });

  it("ends the way where the route is approved no more, and opens it again", async () => {
    await tailnet.control.setRoutes(await routerId(), []);
    await until(false);
    await tailnet.control.setRoutes(await routerId(), [VPC.cidr]);
    assert.ok((await until(true)) < 5);
  });

  it("ends the way where a laptop does not accept routes", async () => {
    await tailnet.laptop.run(["tailscale", "set", "--accept-routes=false"]);
    await until(false);
    await tailnet.laptop.run(["tailscale", "set", "--accept-routes"]);
    assert.ok((await until(true)) < 5);
  });

  it("cuts a router off by policy, and lets it in again", async () => {
    await tailnet.control.cutDevice(await routerId(), true);
    await until(false);
    await tailnet.control.cutDevice(await routerId(), false);
    assert.ok((await until(true)) < 5);
  });

  it("has a router whose key has expired log in again, and no one else for it", async () => {
    await tailnet.control.expireDevice(await routerId());
    await until(false);
    assert.equal(await stateOf(router), "NeedsLogin");
    const { id, key } = await tailnet.control.createClient([TAG]);
    await joinRouter(key);
    assert.ok((await until(true)) < 5);
    assert.equal(await stateOf(router), "Running");
    await tailnet.control.deleteKey(id);
    await assert.rejects(joinRouter(key), /API token invalid/);
    await until(true);
  });

  it("tells the laptop whom to ask for the names of a domain", async () => {
    const domain = "abc.gr7.eu-central-1.eks.amazonaws.com";
    await tailnet.control.setSplitDns(domain, [VPC.host]);
    const status = async (): Promise<string> =>
      (await tailnet.laptop.run(["tailscale", "dns", "status"])).stdout;
    const begun = performance.now();
    while (!(await status()).includes(domain)) {
      assert.ok(performance.now() - begun < 5000, await status());
      await sleep(100);
    }
    assert.match(await status(), new RegExp(`${domain}\\s+-> ${VPC.host}`));
  });

  it("has nothing but the router's closed door keep the stranger out", async () => {
    const open = ["delete", "table", "inet", "closed"];
    assert.ok((await router.run(["nft", ...open])).ok);
    assert.equal(await ask("stranger"), ON_INTERNET.stranger);
    assert.equal(await ask("stranger", ROUTER.internet), ON_INTERNET.stranger);
  });

  it("changes nothing of the machine that it runs on", async () => {
    assert.deepEqual(await ofMachine(), untouched);
  });

  it("is taken down with the cluster of its name, though fleet and router were killed", async () => {
    const fleet = readTailnet(tailnetLayout(NAME))?.processes.find(({ name }) => name === "fleet");
    assert.ok(fleet);
    await stopProcess(fleet, ["SIGKILL"]);
    await stopProcess(router.holder, ["SIGKILL"]);
    const left = tailnet.instances();
    assert.equal(left.length, 1);
    assert.equal(await stopCluster({ name: NAME }), true);
    assert.equal(await stopCluster({ name: NAME }), false);
    const { stdout } = await tryRun("ip", ["netns", "list"]);
    assert.ok(!stdout.includes(namespaceOf(NAME, "")), stdout);
    assert.ok(!existsSync(tailnetLayout(NAME).folder));
    assert.deepEqual(await ofMachine(), untouched);
  });
});
