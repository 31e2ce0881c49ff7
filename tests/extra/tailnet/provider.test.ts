import { strict as assert } from "node:assert";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { textAt, type JsonObject } from "../../../sandbox/providers/skeleton/json";
import { VPC } from "../../../sandbox/tailnet/places";
import { startTailnet, type Tailnet } from "../../../sandbox/tailnet/startTailnet";
import { tailnetLayout } from "../../../sandbox/tailnet/state";
import type { Machine } from "../../../sandbox/tailnet/machine";
import { Cloud, type Made } from "../../support/cloud";
import { startBareRouter } from "../../support/bareRouter";
import { ownStateFolder } from "../../support/ownStateFolder";
import { tailnetTools } from "../../support/tailnet";

const NAME = "provider";
const TAG = "tag:k8s-test-router";
const PREFIX = "httpbin-eu-central-1-router-";
const HOSTNAME = `${PREFIX}i-0aaaaaaaaaaaaaaa1`;
const DOMAIN = "abc.gr7.eu-central-1.eks.amazonaws.com";
const PORT = 6443;
const POLICY = `{
  // Routes are approved one by one.
  "tagOwners": { "${TAG}": ["autogroup:admin"] },
}`;
const SERVER = `require("node:http").createServer((request, response) => response.end("here"))
  .listen(${String(PORT)}, "0.0.0.0")`;

/** Tailscale says about 15 for a device that is gone; beside them, what a busy machine takes. */
const MISSED_SECONDS = 20;

const ACL = "tailscale:index/acl:Acl";
const CLIENT = "tailscale:index/oauthClient:OauthClient";
const ROUTES = "tailscale:index/deviceSubnetRoutes:DeviceSubnetRoutes";
const SPLIT_DNS = "tailscale:index/dnsSplitNameservers:DnsSplitNameservers";

describe("The offline providers on a real tailnet", () => {
  ownStateFolder(NAME);
  let tailnet: Tailnet;
  let router: Machine;
  let cloud: Cloud;
  let policy: Made;
  let client: Made;
  let routes: Made;
  let splitDns: Made;

  const keyOf = ({ state }: Made): string => textAt(state.values, "key") ?? "";
  const reaches = async (): Promise<boolean> => {
    const url = `http://${VPC.host}:${String(PORT)}/`;
    const { stdout } = await tailnet.runAt("laptop", "curl", ["-sS", "--max-time", "1", url]);
    return stdout === "here";
  };
  /** Waits until something is so. @returns how many seconds it took. */
  const until = async (
    what: string,
    isSo: () => Promise<boolean>,
    within = 10,
  ): Promise<number> => {
    const begun = performance.now();
    const seconds = (): number => (performance.now() - begun) / 1000;
    while (!(await isSo())) {
      assert.ok(seconds() < within, `${what}: not in ${String(within)} s`);
      await sleep(100);
    }
    return seconds();
  };
  const up = async (machine: Machine, flags: readonly string[], key: string): Promise<void> => {
    const command = ["tailscale", "up", "--reset", "--timeout=20s", "--auth-key=file:/dev/stdin"];
    const { ok, all } = await machine.run([...command, ...flags], key);
    assert.ok(ok, all);
  };
  /** As the live stack's routers do, with the key that they find in their parameter. */
  const joinRouter = (key: string): Promise<void> =>
    up(
      router,
      [
        `--hostname=${HOSTNAME}`,
        `--advertise-tags=${TAG}`,
        `--advertise-routes=${VPC.cidr}`,
        "--accept-dns=false",
      ],
      `${key}?ephemeral=true&preauthorized=true`,
    );
  const makeClient = (name: string): Promise<Made> =>
    cloud.make(CLIENT, name, { description: name, scopes: ["auth_keys"], tags: [TAG] });
  const routerDevice = async (): Promise<JsonObject> =>
    cloud.call("tailscale:index/getDevice:getDevice", { hostname: HOSTNAME });
  const isOnline = async (): Promise<boolean> =>
    (await tailnet.control.devices()).some((one) => one.hostname === HOSTNAME && one.isOnline);

  before(async function () {
    const tools = await tailnetTools(this);
    tailnet = await startTailnet({ name: NAME, tools });
    cloud = await Cloud.create();
    // Nothing here is of a group: no fleet is asked.
    cloud.world.tailnet = { control: tailnetLayout(NAME).admin, fleet: "/none" };
    cloud.configure();
    router = await startBareRouter(tailnet, NAME);
    const server = ["-c", `exec setsid "$0" -e "$1" >/dev/null 2>&1 &`, process.execPath, SERVER];
    await tailnet.runAt("vpc", "sh", server);
    const { key } = await tailnet.control.createKey();
    await up(tailnet.laptop, ["--hostname=laptop", "--accept-routes"], key);
  });

  after(async () => {
    await (cloud as Cloud | undefined)?.remove();
  });

  it("make no client for a tag that the policy file does not know", async () => {
    await assert.rejects(makeClient("router"), {
      message: `Failed to create oauth client: requested tags are invalid or not permitted: ${TAG} (400)`,
    });
  });

  it("set the policy file, in place of a new tailnet's or where that is said", async () => {
    await assert.rejects(cloud.make(ACL, "broken", { acl: "{" }), /Failed to set ACL: .*\(400\)/);
    policy = await cloud.make(ACL, "policy", { acl: POLICY });
    assert.equal((await cloud.call("tailscale:index/getAcl:getAcl"))["hujson"], POLICY);
    await cloud.delete(policy);
    await assert.rejects(cloud.make(ACL, "policy", { acl: POLICY }), /overwrite a non-default/);
    policy = await cloud.make(ACL, "policy", { acl: POLICY, overwriteExistingContent: true });
    const found = await cloud.call("tailscale:index/getAcl:getAcl");
    assert.deepEqual(JSON.parse(textAt(found, "json") ?? ""), {
      tagOwners: { [TAG]: ["autogroup:admin"] },
    });
  });

  it("make a client with which a router can join, who is waited for meanwhile", async () => {
    client = await makeClient("router");
    const args = { hostname: HOSTNAME, waitFor: "30s" };
    const waiting = cloud.call("tailscale:index/getDevice:getDevice", args);
    await joinRouter(keyOf(client));
    const device = await waiting;
    assert.equal(device["name"], `${HOSTNAME}.sandbox.ts.net`);
    assert.deepEqual([device["tags"], device["user"]], [[TAG], "tagged-devices"]);
    assert.match(textAt(device, "clientVersion") ?? "", /^1\.\d+\.\d+/);
    const filters = [{ name: "tags", values: [TAG] }];
    const { devices } = await cloud.call("tailscale:index/getDevices:getDevices", {
      namePrefix: PREFIX,
      filters,
    });
    assert.deepEqual(
      devices,
      [device].map(({ waitFor: _waitFor, ...shown }) => shown),
    );
  });

  it("open the way by approving the route of the device, and of no other", async () => {
    assert.equal(await reaches(), false);
    const device = await routerDevice();
    const inputs = { deviceId: device["nodeId"] ?? "", routes: [VPC.cidr] };
    await assert.rejects(cloud.make(ROUTES, "route", { ...inputs, deviceId: "nobody" }), {
      message: "Failed to set device subnet routes: no such device (404): nobody",
    });
    routes = await cloud.make(ROUTES, "route", inputs);
    await until("the laptop reaches the VPC", reaches);
  });

  it("have the laptop ask the VPC for the names of the API", async () => {
    const inputs = { domain: DOMAIN, nameservers: [VPC.host] };
    splitDns = await cloud.make(SPLIT_DNS, "api", inputs);
    const asks = async (): Promise<boolean> =>
      (await tailnet.laptop.run(["tailscale", "dns", "status"])).stdout.includes(DOMAIN);
    await until("the laptop knows whom to ask", asks);
    await cloud.delete(splitDns);
    await until("the laptop asks there no more", async () => !(await asks()));
    splitDns = await cloud.make(SPLIT_DNS, "api", inputs);
  });

  it("see by a refresh that nothing has changed, and what somebody changed by hand", async () => {
    const other = await makeClient("other");
    for (const made of [policy, client, routes, splitDns, other]) {
      const { inputs, state } = (await cloud.read(made)) ?? {};
      assert.deepEqual([inputs, state], [made.inputs, made.state], made.type);
    }
    await tailnet.control.setPolicy("{}");
    await tailnet.control.setSplitDns(DOMAIN, []);
    await tailnet.control.setRoutes(textAt(routes.inputs.values, "deviceId") ?? "", []);
    await tailnet.control.deleteKey(other.id);
    const seen = async (made: Made, key: string): Promise<unknown> =>
      (await cloud.read(made))?.inputs.values[key];
    assert.equal(await seen(policy, "acl"), "{}");
    assert.deepEqual(await seen(splitDns, "nameservers"), []);
    assert.deepEqual(await seen(routes, "routes"), []);
    assert.equal(await cloud.read(other), undefined);
  });

  it("put it right again by an update", async () => {
    await until("the way is shut", async () => !(await reaches()));
    for (const before of [policy, splitDns, routes]) {
      await cloud.make(before.type, before.name, before.inputs.values, { before });
    }
    await until("the laptop reaches the VPC", reaches);
    assert.deepEqual(await tailnet.control.splitDns(), { [DOMAIN]: [VPC.host] });
  });

  it("change a client, whose secret then may do what its new scopes say, and no more", async () => {
    const scopes = ["devices:core"];
    const before = await makeClient("changed");
    const changed = await cloud.make(CLIENT, "changed", { scopes, tags: [TAG] }, { before });
    assert.equal(keyOf(changed), keyOf(before));
    await assert.rejects(joinRouter(keyOf(changed)), /does not have enough permissions/);
    await cloud.delete(changed);
  });

  it("have a client that is deleted let nobody in any more, though who is in stays", async () => {
    await cloud.delete(client);
    await assert.rejects(joinRouter(keyOf(client)), /API token invalid/);
    assert.equal(await reaches(), true);
  });

  it("keep the secret out of the world and of the logs", async () => {
    let files = 0;
    for (const folder of [cloud.folder, tailnetLayout(NAME).logs]) {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const text = await readFile(join(entry.parentPath, entry.name), "latin1");
        assert.ok(!text.includes(keyOf(client)), entry.name);
        files++;
      }
    }
    assert.ok(files > 5, String(files));
  });

  it("are on a tailnet that misses a dead device, though its connection is never closed", async () => {
    assert.equal(await isOnline(), true);
    await router.run(["ip", "link", "set", "eth0", "down"]);
    const missed = async (): Promise<boolean> => !(await isOnline());
    const seconds = await until("the router is missed", missed, MISSED_SECONDS);
    assert.ok(seconds > 5, `${String(seconds)} s: its connection was closed`);
  });
});
