import { deepStrictEqual, rejects, strictEqual } from "node:assert";

import { TailnetCloud } from "../../../../support/tailnetCloud";

const ROUTES = "tailscale:index/deviceSubnetRoutes:DeviceSubnetRoutes";
const PATH = "/api/v2/device/n1CNTRL/routes";
const INPUTS = { deviceId: "n1CNTRL", routes: ["10.80.0.0/16"] };

describe("The approval of a device's routes on a real tailnet", () => {
  let tailnet: TailnetCloud;

  beforeEach(async () => {
    tailnet = await TailnetCloud.create();
    tailnet.replies[`POST ${PATH}`] = { body: {} };
  });

  afterEach(() => tailnet.remove());

  it("is given to a device of which the world knows nothing, and taken back", async () => {
    const { cloud, control } = tailnet;
    const [approved, none] = ['{"routes":["10.80.0.0/16"]}', '{"routes":[]}'];
    const first = await cloud.make(ROUTES, "route", INPUTS);
    const second = await cloud.make(ROUTES, "route", INPUTS);
    strictEqual(first.id === second.id, false);
    await cloud.make(ROUTES, "route", { ...INPUTS, routes: [] }, { before: first });
    await cloud.delete(second);
    deepStrictEqual(
      control.calls.map(({ body }) => body),
      [approved, approved, none, none],
    );
  });

  it("is refused where there is no such device, as Tailscale does", async () => {
    const { cloud, replies } = tailnet;
    replies[`POST ${PATH}`] = { status: 404, body: { message: "no such device" } };
    await rejects(cloud.make(ROUTES, "route", INPUTS), {
      message: "Failed to set device subnet routes: no such device (404): n1CNTRL",
    });
  });

  it("is seen as it is now by a refresh, and as gone with its device", async () => {
    const { cloud, replies } = tailnet;
    const routes = await cloud.make(ROUTES, "route", INPUTS);
    replies[`GET ${PATH}`] = { body: { enabledRoutes: ["10.80.0.0/16"], advertisedRoutes: null } };
    deepStrictEqual((await cloud.read(routes))?.inputs.values, INPUTS);
    replies[`GET ${PATH}`] = { body: { enabledRoutes: null, advertisedRoutes: ["10.80.0.0/16"] } };
    deepStrictEqual((await cloud.read(routes))?.inputs.values["routes"], []);
    replies[`GET ${PATH}`] = undefined;
    strictEqual(await cloud.read(routes), undefined);
    replies[`POST ${PATH}`] = undefined;
    await cloud.delete(routes);
  });
});
