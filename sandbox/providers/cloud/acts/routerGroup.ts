import { setTimeout as sleep } from "node:timers/promises";

import type { FleetClient, FleetInstance, GroupWish } from "../../../tailnet/fleet/fleetClient";
import { numberAt, objectsAt, textAt, type JsonObject } from "../../skeleton/json";
import { known, text } from "../cloudType";
import { durationSeconds } from "../duration";
import { APPROVAL, capacityOf, routerOf, waitedInVain } from "../tailscale/routers";
import type { Act, Tailnet } from "./act";

/** Between two looks at the instances, in milliseconds. */
const PAUSE_MS = 250;

/** Auto scaling groups whose instances become routers. All others start nothing. */
export function routerGroup({ control, fleet }: Tailnet): Act {
  return {
    unready: async ({ inputs, existence }, signal) => {
      const userData = routerOf(inputs, existence)?.userData;
      if (userData === undefined) return undefined;
      const wish = groupWish(inputs, userData);
      await fleet.setGroup(wish);
      return whyNotInService(fleet, wish, inputs, signal);
    },
    // The approvals of its devices' routes go with it: there is nobody left whose they would be.
    delete: async ({ id }, existence) => {
      const instances = await fleet.instances(id);
      await fleet.deleteGroup(id);
      const devices = await control.devices();
      return existence.all(APPROVAL).filter(({ state: { deviceId } }) => {
        const device = devices.find((one) => one.nodeId === deviceId || one.id === deviceId);
        return device === undefined || instances.some((one) => device.hostname.endsWith(one.id));
      });
    },
  };
}

function groupWish(inputs: JsonObject, userData: string): GroupWish {
  const [hook] = objectsAt(inputs, "initialLifecycleHooks");
  const name = textAt(hook, "name");
  return {
    name: text(inputs, "name"),
    size: capacityOf(inputs),
    version: textAt(inputs, "launchTemplate", "version") ?? "",
    userData,
    ...(name !== undefined && { hook: name }),
    joinSeconds: numberAt(hook, "heartbeatTimeout") ?? HEARTBEAT_SECONDS,
  };
}

/** What AWS gives a lifecycle hook that says none. */
const HEARTBEAT_SECONDS = 3600;

/**
 * Waits until all instances are in service, and of the version that is wished for.
 *
 * @returns why they are not, once the group's own timeout is over or everything is to end.
 */
async function whyNotInService(
  fleet: FleetClient,
  { name, size, version }: GroupWish,
  inputs: JsonObject,
  signal: AbortSignal,
): Promise<string | undefined> {
  const timeout = 1000 * durationSeconds(known(inputs, "waitForCapacityTimeout") ?? "10m");
  if (timeout === 0) return undefined;
  const deadline = performance.now() + timeout;
  for (;;) {
    const instances = await fleet.instances(name);
    const staying = instances.filter(({ state }) => state !== "Terminating");
    const ready = staying.filter((one) => one.state === "InService" && one.version === version);
    if (ready.length === size && staying.length === size) return undefined;
    const isOver = performance.now() > deadline;
    if (signal.aborted || isOver) {
      const what = isOver
        ? waitedInVain(inputs, ready.length)
        : `The update was cancelled before ${name} was in service`;
      const problem = await fleet.launchProblem(name);
      const why = problem === "" ? "" : `; the last launch failed: ${problem}`;
      return `${what}: its instances are ${instances.map(described).join(", ") || "none"}${why}`;
    }
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}

function described({ id, state, version }: FleetInstance): string {
  return `${id} (${state}, launch template version ${version})`;
}
