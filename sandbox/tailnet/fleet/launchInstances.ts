import { messageOf } from "../../../host/errors";
import { vpcResolver } from "../../../components/live/router/vpcResolver";
import { isAlive } from "../../cluster/processIdentity";
import type { ProcessRecord } from "../../cluster/state";
import { Machine } from "../machine";
import { placeNamespace } from "../network";
import { namespaceOf, ROUTER_SLOTS, VPC } from "../places";
import { bootRouter } from "../router/bootRouter";
import { addRouter } from "../routerNetwork";
import type { TailnetLayout, TailnetState } from "../state";
import type { TailscalePrograms } from "../tailscaled";
import type { InstanceMachine, LaunchMachine } from "./autoScalingGroup";
import type { GroupWish } from "./fleetClient";
import { removeInstance, writeInstance, type InstanceState } from "./instanceState";

export interface LauncherOptions {
  tailnet: Pick<TailnetState, "name" | "vpcNamespace">;
  layout: TailnetLayout;
  programs: TailscalePrograms;
}

/** What starts instances as machines of their own, each with the group's user data. */
export function instanceLauncher({ tailnet, layout, programs }: LauncherOptions): LaunchMachine {
  const taken = new Set<number>();

  const takeSlot = (): number => {
    const slot = Array.from({ length: ROUTER_SLOTS }, (_, n) => n).find((n) => !taken.has(n));
    if (slot === undefined) {
      throw new Error(
        `The VPC has room for ${String(ROUTER_SLOTS)} instances at a time, and no address is free.`,
      );
    }
    taken.add(slot);
    return slot;
  };

  const start = async (
    state: InstanceState,
    { userData }: GroupWish,
    remove: () => Promise<void>,
  ): Promise<InstanceMachine> => {
    const { id, network } = state;
    // Before there is anything of it.
    writeInstance(layout, state);
    await addRouter(network);
    const record = (process: ProcessRecord): void => {
      state.processes.push(process);
      writeInstance(layout, state);
    };
    const machine = await Machine.start({
      ...{ name: id, namespace: network.namespace, layout, record },
      nameserver: vpcResolver(VPC.cidr),
    });
    const router = await bootRouter(machine, { userData, instanceId: id, programs });
    return {
      isAlive: () => isAlive(machine.holder),
      shutDown: router.shutDown,
      remove,
    };
  };

  return async (id, wish) => {
    const slot = takeSlot();
    const network = {
      ...{ namespace: namespaceOf(tailnet.name, id), slot },
      internet: placeNamespace(tailnet, "internet"),
      vpc: placeNamespace(tailnet, "vpc"),
    };
    const state: InstanceState = { version: 1, id, group: wish.name, network, processes: [] };
    const remove = async (): Promise<void> => {
      await removeInstance(layout, state);
      taken.delete(slot);
    };
    try {
      return await start(state, wish, remove);
    } catch (error) {
      await remove().catch((left: unknown) => {
        // It is noted still, and goes with the tailnet.
        throw new Error(`${messageOf(error)}; nor is it wholly removed: ${messageOf(left)}`);
      });
      throw error;
    }
  };
}
