import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";

import type { JsonObject } from "../../../../../sandbox/providers/skeleton/json";
import { functionShapeOf } from "../../../../../sandbox/providers/cloud/shapes";
import { TailnetCloud } from "../../../../support/tailnetCloud";

const GET_DEVICE = "tailscale:index/getDevice:getDevice";
const DEVICES = "/api/v2/tailnet/-/devices";

/** As the control server shows it. */
function device(hostname: string, tags: string[] | null): JsonObject {
  return {
    id: "7",
    nodeId: `n${hostname}`,
    hostname,
    name: `${hostname}.sandbox.ts.net`,
    user: "tagged-devices",
    addresses: ["100.64.0.7"],
    tags,
    authorized: true,
    blocksIncomingConnections: false,
    clientVersion: "1.102.5",
    created: "2026-01-02T03:04:05.678Z",
    expires: "0001-01-01T00:00:00Z",
    isExternal: false,
    keyExpiryDisabled: true,
    machineKey: "mkey:1",
    nodeKey: "nodekey:1",
    os: "linux",
    tailnetLockError: "",
    tailnetLockKey: "",
    updateAvailable: false,
    advertisedRoutes: ["10.80.0.0/16"],
    enabledRoutes: null,
    isOnline: true,
  };
}

describe("A question to a real tailnet", () => {
  let tailnet: TailnetCloud;

  beforeEach(async () => {
    tailnet = await TailnetCloud.create();
    tailnet.replies[`GET ${DEVICES}`] = {
      body: { devices: [device("router-i-1", ["tag:router"]), device("laptop", null)] },
    };
  });

  afterEach(() => tailnet.remove());

  it("for a device is answered with all that the official provider gives, and nothing else", async () => {
    const found = await tailnet.cloud.call(GET_DEVICE, { hostname: "router-i-1" });
    const { outputs } = functionShapeOf(GET_DEVICE);
    deepStrictEqual(Object.keys(found).sort(), outputs.filter((key) => key !== "waitFor").sort());
    deepStrictEqual([found["nodeId"], found["tags"]], ["nrouter-i-1", ["tag:router"]]);
    deepStrictEqual([found["created"], found["lastSeen"]], ["2026-01-02T03:04:05Z", ""]);
    const byName = await tailnet.cloud.call(GET_DEVICE, { name: "laptop.sandbox.ts.net" });
    deepStrictEqual([byName["nodeId"], byName["tags"]], ["nlaptop", []]);
  });

  it("for a device that is not there fails at once, and after waiting where that is said", async () => {
    const { cloud, control } = tailnet;
    const message = "Failed to find device with name nobody.";
    await rejects(cloud.call(GET_DEVICE, { hostname: "nobody" }), { message });
    strictEqual(control.calls.length, 1);
    await rejects(cloud.call(GET_DEVICE, { hostname: "nobody", waitFor: "1500ms" }), { message });
    strictEqual(control.calls.length, 3);
    await rejects(
      cloud.call(GET_DEVICE, { hostname: "nobody", waitFor: "1s" }),
      /greater than 1 second/,
    );
  });

  it("for a device is answered as soon as that has come, or the engine wants an end", async () => {
    const { cloud, control, replies } = tailnet;
    let looks = 0;
    replies[`GET ${DEVICES}`] = () => {
      looks++;
      return { body: { devices: looks < 2 ? [] : [device("late", null)] } };
    };
    const found = await cloud.call(GET_DEVICE, { hostname: "late", waitFor: "60s" });
    strictEqual(found["nodeId"], "nlate");
    const asking = cloud.call(GET_DEVICE, { hostname: "never", waitFor: "60s" });
    const ended = rejects(asking, /Failed to find device/);
    while (control.calls.length < 3) await new Promise(setImmediate);
    cloud.of(GET_DEVICE).cancel();
    await ended;
  });

  it("for devices is answered by their names and their tags", async () => {
    const names = async (args: JsonObject): Promise<unknown[]> => {
      const { devices } = await tailnet.cloud.call("tailscale:index/getDevices:getDevices", args);
      return (devices as JsonObject[]).map(({ hostname }) => hostname);
    };
    deepStrictEqual(await names({}), ["router-i-1", "laptop"]);
    deepStrictEqual(await names({ namePrefix: "lap" }), ["laptop"]);
    const filters = [{ name: "tags", values: ["tag:router"] }];
    deepStrictEqual(await names({ filters }), ["router-i-1"]);
  });

  it("for the policy file is answered with its comments, and without", async () => {
    const path = "GET /api/v2/tailnet/-/acl";
    tailnet.replies[path] = ({ headers }) => ({
      body: headers["accept"] === "application/json" ? "{}" : "{ /* none */ }",
    });
    const found = await tailnet.cloud.call("tailscale:index/getAcl:getAcl");
    deepStrictEqual([found["hujson"], found["json"]], ["{ /* none */ }", "{}"]);
  });

  it("fails where nobody answers it", async () => {
    const { cloud } = tailnet;
    cloud.world.tailnet = { control: `${cloud.folder}/nobody.sock`, fleet: "" };
    await rejects(cloud.call(GET_DEVICE, { hostname: "laptop" }), {
      message: `Nobody answers at ${cloud.folder}/nobody.sock (ENOENT): a part of the sandbox's tailnet has ended, or it is not up. See: npm run sandbox -- status`,
    });
    cloud.world.tailnet = undefined;
    ok((await cloud.call("tailscale:index/getDevices:getDevices"))["devices"]);
  });
});
