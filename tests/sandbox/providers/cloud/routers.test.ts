import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert";

import { setFaults } from "../../../../sandbox/providers/cloud/world/faults";
import { textAt, type JsonObject } from "../../../../sandbox/providers/skeleton/json";
import { Cloud, initFailure, type Made } from "../../../support/cloud";
import { makeNetwork, type Network } from "../../../support/cloudNetwork";

const GROUP = "aws:autoscaling/group:Group";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const PREFIX = "live-eu-central-1-router-";

/** User data of a subnet router, as far as a cloud looks at it. */
const USER_DATA = [
  `ROUTER_HOSTNAME_PREFIX=${PREFIX}`,
  "ROUTER_TAG=tag:router",
  "ROUTER_PARAMETER=/live/router",
].join("\n");

describe("A subnet router in an offline cloud", () => {
  let cloud: Cloud;
  let network: Network;
  let template: Made;

  const launchTemplate = (text: string): JsonObject => ({
    userData: Buffer.from(text).toString("base64"),
  });
  const group = (version = "1", size = 2): JsonObject => ({
    name: "live-router",
    minSize: size,
    maxSize: size,
    vpcZoneIdentifiers: network.privateSubnets.map(({ id }) => id),
    launchTemplate: { id: template.id, version },
    waitForCapacityTimeout: "600s",
  });
  const makeKey = (): Promise<Made> =>
    cloud.make("aws:ssm/parameter:Parameter", "key", {
      name: "/live/router",
      type: "SecureString",
      value: "secret",
    });
  const devices = async (): Promise<JsonObject[]> => {
    const filters = [{ name: "tags", values: ["tag:router"] }];
    const args = { namePrefix: PREFIX, filters };
    const found = await cloud.call("tailscale:index/getDevices:getDevices", args);
    return found["devices"] as JsonObject[];
  };

  beforeEach(async () => {
    cloud = await Cloud.create();
    cloud.configure();
    network = await makeNetwork(cloud);
    template = await cloud.make(TEMPLATE, "router", launchTemplate(USER_DATA));
  });

  afterEach(() => cloud.remove());

  it("joins the tailnet with each of its instances, under the name in its user data", async () => {
    await makeKey();
    deepStrictEqual(await devices(), []);
    await cloud.make(GROUP, "router", group());
    const [first, second] = await devices();
    match(textAt(first, "hostname") ?? "", /^live-eu-central-1-router-i-0[0-9a-f]{16}$/);
    ok(first?.["nodeId"] !== second?.["nodeId"]);
    deepStrictEqual(first?.["tags"], ["tag:router"]);
    const args = { hostname: first["hostname"] ?? "" };
    const device = await cloud.call("tailscale:index/getDevice:getDevice", args);
    strictEqual(device["nodeId"], first["nodeId"]);
    await cloud.make("tailscale:index/deviceSubnetRoutes:DeviceSubnetRoutes", "route", {
      deviceId: first["nodeId"] ?? "",
      routes: ["10.80.0.0/16"],
    });
  });

  it("is other devices once its launch template is another version, and none once it is gone", async () => {
    await makeKey();
    const made = await cloud.make(GROUP, "router", group());
    const [before] = await devices();
    strictEqual((await cloud.diff(made, group("2"))).replaces.length, 0);
    const updated = await cloud.make(GROUP, "router", group("2"), { before: made });
    const after = await devices();
    strictEqual(after.length, 2);
    ok(after.every(({ nodeId }) => nodeId !== before?.["nodeId"]));
    await cloud.delete(updated);
    deepStrictEqual(await devices(), []);
    await rejects(
      cloud.call("tailscale:index/getDevice:getDevice", { hostname: before?.["hostname"] ?? "" }),
      /Failed to find device/,
    );
  });

  it("takes the approval of its routes with it, as that is its devices'", async () => {
    await makeKey();
    const made = await cloud.make(GROUP, "router", group());
    const [device] = await devices();
    const type = "tailscale:index/deviceSubnetRoutes:DeviceSubnetRoutes";
    const inputs = { deviceId: device?.["nodeId"] ?? "", routes: ["10.80.0.0/16"] };
    const routes = await cloud.make(type, "route", inputs);
    await cloud.delete(await cloud.make(GROUP, "other", { ...group(), name: "other" }));
    strictEqual(cloud.world.all(type).length, 1);
    await cloud.delete(made);
    deepStrictEqual(cloud.world.all(type), []);
    await cloud.delete(routes);
  });

  it("does not join without its key, and says what the official provider says", async () => {
    const { message, existing } = await initFailure(cloud.make(GROUP, "router", group()));
    match(
      message,
      /^waiting for Auto Scaling Group \(live-router\) capacity satisfied: timeout while waiting for state to become 'ok' \(last state: 'want at least 2 healthy instance\(s\) in Auto Scaling Group, have 0', timeout: 600s\): there is no parameter \/live\/router/,
    );
    deepStrictEqual(await devices(), []);
    await makeKey();
    await cloud.make(GROUP, "router", group(), {
      before: { type: GROUP, name: "router", ...existing },
    });
    strictEqual((await devices()).length, 2);
  });

  it("does not join from where it cannot reach the internet", async () => {
    await makeKey();
    await cloud.delete(network.route);
    const { message } = await initFailure(cloud.make(GROUP, "router", group()));
    match(message, /no route to the internet/);
  });

  it("never joins where a fault says so, and is in the state", async () => {
    await makeKey();
    setFaults(cloud.folder, [{ type: GROUP, action: "create", never: true }]);
    const { message, existing } = await initFailure(cloud.make(GROUP, "router", group("1", 1)));
    match(message, /want at least 1 healthy instance\(s\) in Auto Scaling Group, have 0/);
    strictEqual(existing.id, "live-router");
    deepStrictEqual(await devices(), []);
  });

  it("is none without a name to join with: its group is a group like any other", async () => {
    template = await cloud.make(TEMPLATE, "other", launchTemplate("#!/bin/sh\n"));
    await cloud.make(GROUP, "other", group());
    const found = await cloud.call("tailscale:index/getDevices:getDevices");
    deepStrictEqual(found["devices"], []);
  });

  it("cannot have its routes approved before it is a device", async () => {
    await rejects(
      cloud.make("tailscale:index/deviceSubnetRoutes:DeviceSubnetRoutes", "route", {
        deviceId: "nobody",
        routes: ["10.80.0.0/16"],
      }),
      /no such device \(404\): nobody/,
    );
  });
});

describe("The policy file of an offline tailnet", () => {
  it("is overwritten only where that is said, and can be asked for", async () => {
    const cloud = await Cloud.create();
    cloud.configure();
    const acl = '{"tagOwners": {}}';
    await rejects(cloud.make("tailscale:index/acl:Acl", "policy", { acl }), /overwrite/);
    await cloud.make("tailscale:index/acl:Acl", "policy", { acl, overwriteExistingContent: true });
    strictEqual((await cloud.call("tailscale:index/getAcl:getAcl"))["hujson"], acl);
    // As after a destroy, which leaves it as it is.
    const next = { acl: '{"tagOwners": {"tag:a": []}}' };
    await rejects(cloud.make("tailscale:index/acl:Acl", "policy", next), /overwrite/);
    const all = { ...next, overwriteExistingContent: true };
    await cloud.make("tailscale:index/acl:Acl", "policy", all);
    strictEqual((await cloud.call("tailscale:index/getAcl:getAcl"))["hujson"], next.acl);
    await cloud.remove();
  });
});
