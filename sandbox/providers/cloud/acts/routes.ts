import { randomUUID } from "node:crypto";

import type { JsonObject } from "../../skeleton/json";
import { knownList, text } from "../cloudType";
import type { Act, Tailnet } from "./act";
import { orRefusal, unlessGone } from "./refusal";

/** Approvals of a device's routes. */
export function deviceSubnetRoutes({ control }: Tailnet): Act {
  const set = (inputs: JsonObject): Promise<void> => {
    const deviceId = text(inputs, "deviceId");
    const asked = control.setRoutes(deviceId, knownList(inputs, "routes"));
    return orRefusal("Failed to set device subnet routes", asked, deviceId);
  };
  return {
    create: async ({ inputs }) => {
      await set(inputs);
      return { id: randomUUID() };
    },
    update: async ({ inputs }) => {
      await set(inputs);
      return {};
    },
    delete: async ({ state }) => {
      const asked = control.setRoutes(text(state, "deviceId"), []);
      await unlessGone("Failed to set device subnet routes", asked);
      return [];
    },
    read: async ({ state }) => {
      const asked = control.enabledRoutes(text(state, "deviceId"));
      const routes = await orRefusal("Failed to fetch device subnet routes", asked);
      return routes && { routes };
    },
  };
}
