import { setTimeout as sleep } from "node:timers/promises";

import type { Control, TailnetDevice } from "../../../tailnet/control";
import { without, type JsonObject } from "../../skeleton/json";
import { known } from "../cloudType";
import { durationSeconds } from "../duration";
import { hex } from "../identifiers";
import { isFiltered, noDevice } from "../tailscale/functions";
import type { Ask, Tailnet } from "./act";
import { orRefusal, toSeconds } from "./refusal";

/** Milliseconds between two looks for a device that is waited for, as the official provider has it. */
const PAUSE_MS = 1000;

/** Asks for one device, and waits for it where that is said. */
export function askDevice({ control }: Tailnet): Ask {
  return async (args, signal) => {
    const [hostname, name, waitFor] = ["hostname", "name", "waitFor"].map((key) =>
      known(args, key),
    );
    const deadline = performance.now() + 1000 * waitSeconds(waitFor);
    for (;;) {
      const found = (await devicesOf(control)).find((device) =>
        hostname === undefined ? device.name === name : device.hostname === hostname,
      );
      if (found !== undefined) return { ...args, ...shown(found) };
      const isOver = performance.now() + PAUSE_MS > deadline;
      if (isOver || signal.aborted) throw noDevice(hostname ?? name ?? "");
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  };
}

/** Asks for all devices, or those of a name and tags. */
export function askDevices({ control }: Tailnet): Ask {
  return async (args) => {
    const found = (await devicesOf(control)).filter(({ hostname, tags }) =>
      isFiltered(args, { hostname, tags: tags ?? [] }),
    );
    const id = hex(`devices ${known(args, "namePrefix") ?? ""}`, 32);
    return { ...args, id, devices: found.map(shown) };
  };
}

/** Asks for the policy file. */
export function askAcl({ control }: Tailnet): Ask {
  return async () => {
    const both = Promise.all([control.policy(), control.policyJson()]);
    const [hujson, json] = await orRefusal("Failed to fetch ACL", both);
    return { id: "acl", hujson, json };
  };
}

function devicesOf(control: Control): Promise<TailnetDevice[]> {
  return orRefusal("Failed to fetch devices", control.devices());
}

/** A device as the official provider gives it: without what only lists of all fields have. */
function shown(device: TailnetDevice): JsonObject {
  const { created, expires, lastSeen = "", tags, ...same } = device;
  return {
    ...without(same, "advertisedRoutes", "enabledRoutes", "isOnline"),
    created: toSeconds(created),
    expires: toSeconds(expires),
    lastSeen: toSeconds(lastSeen),
    tags: tags ?? [],
  };
}

/** @throws where the official provider refuses it: it looks each second. */
function waitSeconds(waitFor: string | undefined): number {
  if (waitFor === undefined) return 0;
  const seconds = durationSeconds(waitFor);
  if (seconds > 1) return seconds;
  throw new Error(`waitFor must be greater than 1 second; given is ${waitFor}.`);
}
