import { strict as assert } from "node:assert";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { askSocket } from "../../../../sandbox/tailnet/askSocket";
import { Fleet } from "../../../../sandbox/tailnet/fleet/fleet";
import { FleetClient, type GroupWish } from "../../../../sandbox/tailnet/fleet/fleetClient";
import { fleetService } from "../../../../sandbox/tailnet/fleet/fleetService";

const SECRET = "tskey-client-k1?ephemeral=true&preauthorized=true";
const WISH: GroupWish = {
  ...{ name: "a group/ü", size: 1, version: "1", userData: "#cloud-config\n" },
  ...{ hook: "joined", joinSeconds: 300 },
};

describe("the fleet, asked at its socket", () => {
  let folder: string;
  let socket: string;
  let server: Server;
  let fleet: Fleet;
  let problem: Error | undefined;
  let launchProblem: Error | undefined;
  let client: FleetClient;
  let log: string[];
  let launched: GroupWish[];
  let removed: string[];

  beforeEach(async () => {
    [log, launched, removed] = [[], [], []];
    folder = await mkdtemp(join(tmpdir(), "k8s-test-fleet-"));
    socket = join(folder, "fleet.sock");
    problem = launchProblem = undefined;
    fleet = new Fleet({
      launch: (id, wish) => {
        if (launchProblem !== undefined) return Promise.reject(launchProblem);
        launched.push(wish);
        return Promise.resolve({
          isAlive: () => Promise.resolve(true),
          shutDown: async () => {
            removed.push((await ask("GET", `/lifecycle?name=${id}`)).text);
          },
          remove: () => {
            if (problem !== undefined) return Promise.reject(problem);
            removed.push(id);
            return Promise.resolve();
          },
        });
      },
      newId: () => `i-${String(launched.length + 1)}`,
      now: () => 0,
      log: (line) => log.push(line),
    });
    server = createServer(fleetService(fleet));
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    client = new FleetClient(socket);
  });
  afterEach(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  const ask = (
    method: string,
    path: string,
    body = "",
  ): Promise<{ status: number; text: string }> => askSocket(socket, method, path, body);
  const call = (instance: string, hook = "joined"): Promise<{ status: number; text: string }> =>
    ask(
      "POST",
      `/call?name=${instance}`,
      `autoscaling complete-lifecycle-action --auto-scaling-group-name plain --lifecycle-hook-name ${hook} --instance-id ${instance} --lifecycle-action-result CONTINUE`,
    );

  it("gives a parameter as it was set last, until it is deleted", async () => {
    await client.setParameter("/k8s-test/a&b", "first");
    await client.setParameter("/k8s-test/a&b", SECRET);
    const path = `/parameter?${new URLSearchParams({ name: "/k8s-test/a&b" }).toString()}`;
    assert.deepEqual(await ask("GET", path), { status: 200, text: SECRET });
    await client.deleteParameter("/k8s-test/a&b");
    assert.deepEqual(await ask("GET", path), {
      status: 400,
      text: "An error occurred (ParameterNotFound) when calling the GetParameter operation: ",
    });
    assert.ok(!log.join("\n").includes("tskey"));
  });

  it("launches what a group wishes, and tells of it", async () => {
    assert.deepEqual(await client.instances(WISH.name), []);
    await client.setGroup(WISH);
    assert.deepEqual(launched, [WISH]);
    assert.deepEqual(await client.instances(WISH.name), [
      { id: "i-1", state: "Pending", version: "1" },
    ]);
    assert.deepEqual(await client.instances("another"), []);
  });

  it("tells why a launch failed", async () => {
    await client.setGroup(WISH);
    assert.equal(await client.launchProblem(WISH.name), "");
    launchProblem = new Error("no address is free");
    await client.setGroup({ ...WISH, size: 2 });
    assert.equal(await client.launchProblem(WISH.name), "no address is free");
    assert.equal(await client.launchProblem("another"), "");
  });

  it("counts an instance that calls for itself, and refuses any other call as AWS does", async () => {
    await client.setGroup({ ...WISH, name: "plain" });
    const refused = {
      status: 400,
      text: "An error occurred (ValidationError) when calling the CompleteLifecycleAction operation: No active Lifecycle Action found with instance ID i-1",
    };
    assert.deepEqual(await call("i-1", "another"), refused);
    assert.deepEqual(await call("i-1"), { status: 200, text: "" });
    assert.deepEqual(await client.instances("plain"), [
      { id: "i-1", state: "InService", version: "1" },
    ]);
    assert.deepEqual(await call("i-1"), refused);
    assert.equal((await ask("POST", "/call?name=i-1", "s3 ls")).status, 400);
  });

  it("tells an instance where it is going, and has a group gone when it says so", async () => {
    await client.setGroup({ ...WISH, name: "plain" });
    assert.equal((await ask("GET", "/lifecycle?name=i-1")).text, "InService");
    await client.deleteGroup("plain");
    assert.deepEqual(removed, ["Terminated", "i-1"]);
    assert.deepEqual(await client.instances("plain"), []);
    await client.deleteGroup("plain");
  });

  it("makes no group anew whose instances do not go, until they have", async () => {
    await client.setGroup(WISH);
    problem = new Error("its process does not end");
    await assert.rejects(client.deleteGroup(WISH.name), /400 its process does not end/);
    await assert.rejects(client.setGroup(WISH), /400 .*\(AlreadyExists\).*is pending delete/);
    problem = undefined;
    await client.deleteGroup(WISH.name);
    await client.setGroup(WISH);
    assert.equal((await client.instances(WISH.name)).length, 1);
  });

  it("says what it does not know", async () => {
    assert.deepEqual(await ask("GET", "/elsewhere"), {
      ...{ status: 400, text: "There is no GET /elsewhere." },
    });
  });
});
