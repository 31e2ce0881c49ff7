import { deepStrictEqual, match, rejects, strictEqual } from "node:assert";

import { setFaults } from "../../../../../sandbox/providers/cloud/world/faults";
import type { JsonObject } from "../../../../../sandbox/providers/skeleton/json";
import type { FleetInstance, GroupWish } from "../../../../../sandbox/tailnet/fleet/fleetClient";
import { initFailure, type Made } from "../../../../support/cloud";
import { makeNetwork, type Network } from "../../../../support/cloudNetwork";
import { TailnetCloud } from "../../../../support/tailnetCloud";

const GROUP = "aws:autoscaling/group:Group";
const ROUTES = "tailscale:index/deviceSubnetRoutes:DeviceSubnetRoutes";
const PATH = "/group?name=live-router";
const USER_DATA = "ROUTER_HOSTNAME_PREFIX=live-router-\nROUTER_PARAMETER=/live/router\n";

describe("A group of instances that become routers of a real tailnet", () => {
  let tailnet: TailnetCloud;
  let network: Network;
  let template: Made;
  let instances: FleetInstance[];

  const instance = (id: string, state: FleetInstance["state"], version = "1"): FleetInstance => ({
    id,
    state,
    version,
  });
  const group = (version = "1", size = 2, timeout = "600s"): JsonObject => ({
    name: "live-router",
    minSize: size,
    maxSize: size,
    vpcZoneIdentifiers: network.privateSubnets.map(({ id }) => id),
    launchTemplate: { id: template.id, version },
    initialLifecycleHooks: [
      {
        name: "joined",
        lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
        heartbeatTimeout: 300,
      },
    ],
    waitForCapacityTimeout: timeout,
  });
  /** Resolves once the instances have been looked at some times. */
  const looks = async (count: number): Promise<void> => {
    const seen = (): number => tailnet.fleet.calls.filter(({ method }) => method === "GET").length;
    while (seen() < count) await new Promise(setImmediate);
  };

  beforeEach(async () => {
    tailnet = await TailnetCloud.create();
    const { cloud, replies } = tailnet;
    instances = [];
    replies[`PUT ${PATH}`] = { body: "" };
    replies["PUT /parameter?name=%2Flive%2Frouter"] = { body: "" };
    replies[`DELETE ${PATH}`] = { body: "" };
    replies[`GET ${PATH}`] = () => ({ body: instances });
    replies["GET /launch-problem?name=live-router"] = { body: "" };
    network = await makeNetwork(cloud);
    template = await cloud.make("aws:ec2/launchTemplate:LaunchTemplate", "router", {
      userData: Buffer.from(USER_DATA).toString("base64"),
    });
    const parameter = { name: "/live/router", type: "SecureString", value: "secret" };
    await cloud.make("aws:ssm/parameter:Parameter", "key", parameter);
    tailnet.fleet.calls.length = 0;
  });

  afterEach(() => tailnet.remove());

  it("is made once all of its instances are in service", async () => {
    const { cloud, fleet } = tailnet;
    const making = cloud.make(GROUP, "router", group());
    await looks(1);
    strictEqual(cloud.world.get(GROUP, "live-router")?.isReady, false);
    instances = [instance("i-1", "InService"), instance("i-2", "Pending")];
    await looks(3);
    instances = [instance("i-1", "InService"), instance("i-2", "InService")];
    await making;
    strictEqual(cloud.world.get(GROUP, "live-router")?.isReady, true);
    deepStrictEqual(JSON.parse(fleet.calls[0]?.body ?? "") as GroupWish, {
      name: "live-router",
      size: 2,
      version: "1",
      userData: USER_DATA,
      hook: "joined",
      joinSeconds: 300,
    });
  });

  it("is changed once all are of the new version, whatever is still on its way out", async () => {
    const { cloud } = tailnet;
    instances = [instance("i-1", "InService")];
    const before = await cloud.make(GROUP, "router", group("1", 1));
    const changing = cloud.make(GROUP, "router", group("2", 1), { before });
    const looked = tailnet.fleet.calls.length;
    instances = [instance("i-1", "InService"), instance("i-2", "InService", "2")];
    await looks(looked + 2);
    instances = [instance("i-1", "Terminating"), instance("i-2", "InService", "2")];
    await changing;
    deepStrictEqual(tailnet.fleet.changes, [`PUT ${PATH}`, `PUT ${PATH}`]);
  });

  it("that does not come in time is in the state, and is waited for again", async () => {
    const { cloud, replies } = tailnet;
    instances = [instance("i-1", "InService"), instance("i-2", "Pending")];
    replies["GET /launch-problem?name=live-router"] = { body: "no address is free" };
    const late = group("1", 2, "1s");
    const { message, existing } = await initFailure(cloud.make(GROUP, "router", late));
    match(
      message,
      /'want at least 2 healthy instance\(s\) in Auto Scaling Group, have 1', timeout: 1s\)/,
    );
    match(
      message,
      /its instances are i-1 \(InService, launch template version 1\), i-2 \(Pending, .*; the last launch failed: no address is free$/,
    );
    instances = [instance("i-1", "InService"), instance("i-2", "InService")];
    await cloud.make(GROUP, "router", late, {
      before: { type: GROUP, name: "router", ...existing },
    });
    strictEqual(cloud.world.get(GROUP, "live-router")?.isReady, true);
  });

  it("is in the state also where everything is to end meanwhile, or starting it is refused", async () => {
    const { cloud, replies } = tailnet;
    const failing = initFailure(cloud.make(GROUP, "router", group()));
    await looks(1);
    cloud.of(GROUP).cancel();
    const { message, existing } = await failing;
    match(message, /cancelled before live-router was in service: its instances are none$/);
    cloud.configure();
    replies[`PUT ${PATH}`] = { status: 500, body: "no machine is left" };
    const before = { type: GROUP, name: "router", ...existing };
    const refused = await initFailure(cloud.make(GROUP, "router", group(), { before }));
    match(refused.message, /500 no machine is left/);
  });

  it("starts nothing where a fault says that it never gets ready, nor as a group of others", async () => {
    const { cloud, fleet } = tailnet;
    setFaults(cloud.folder, [{ type: GROUP, action: "create", never: true }]);
    await initFailure(cloud.make(GROUP, "router", group()));
    setFaults(cloud.folder, []);
    const userData = Buffer.from("#!/bin/sh\n").toString("base64");
    template = await cloud.make("aws:ec2/launchTemplate:LaunchTemplate", "other", { userData });
    await cloud.make(GROUP, "other", { ...group(), name: "other" });
    deepStrictEqual(fleet.calls, []);
  });

  it("is shut down when it is deleted, and takes the approvals of its devices' routes with it", async () => {
    const { cloud, fleet, replies } = tailnet;
    instances = [instance("i-1", "InService")];
    const made = await cloud.make(GROUP, "router", group("1", 1));
    for (const deviceId of ["n1", "n2", "n3"]) {
      replies[`POST /api/v2/device/${deviceId}/routes`] = { body: {} };
      await cloud.make(ROUTES, deviceId, { deviceId, routes: ["10.80.0.0/16"] });
    }
    replies["GET /api/v2/tailnet/-/devices"] = {
      body: {
        devices: [
          { id: "1", nodeId: "n1", hostname: "live-router-i-1" },
          { id: "2", nodeId: "n2", hostname: "another" },
        ],
      },
    };
    await cloud.delete(made);
    deepStrictEqual(
      cloud.world.all(ROUTES).map(({ name }) => name),
      ["n2"],
    );
    deepStrictEqual(fleet.changes, [`PUT ${PATH}`, `DELETE ${PATH}`]);
  });

  it("stays where it cannot be shut down", async () => {
    const { cloud, replies } = tailnet;
    instances = [instance("i-1", "InService")];
    const made = await cloud.make(GROUP, "router", group("1", 1));
    replies[`DELETE ${PATH}`] = { status: 500, body: "i-1 does not end" };
    await rejects(cloud.delete(made), /500 i-1 does not end/);
    strictEqual(cloud.world.all(GROUP).length, 1);
  });
});
