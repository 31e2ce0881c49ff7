import { rm } from "node:fs/promises";

import { messageOf } from "../../host/errors";
import { UserError } from "../../host/userError";
import { onCluster } from "../cluster/onCluster";
import { stopProcess } from "../cluster/processes";
import { readInstances, removeInstance, type InstanceState } from "./fleet/instanceState";
import { removeNetwork } from "./network";
import { readTailnet, tailnetLayout } from "./state";

/**
 * Takes a tailnet down from its state alone, whatever of it still runs. Its logs stay. Call it while
 * no other run starts or stops the cluster of that name.
 *
 * @returns whether there was one.
 * @throws UserError with everything that could not be ended or removed; the state then stays.
 */
export async function stopTailnet(name: string): Promise<boolean> {
  const layout = tailnetLayout(name);
  const state = readTailnet(layout);
  if (state !== undefined) {
    const problems: string[] = [];
    const attempt = async (work: () => Promise<void> | void): Promise<void> => {
      try {
        await work();
      } catch (error) {
        problems.push(messageOf(error));
      }
    };
    // Those that live in the namespaces of another end with it. The fleet is one of them: no instance
    // comes any more.
    for (const one of state.processes) await attempt(() => stopProcess(one, ["SIGKILL"]));
    let instances: InstanceState[] = [];
    await attempt(() => {
      instances = readInstances(layout);
    });
    for (const one of instances) await attempt(() => removeInstance(layout, one));
    await attempt(() => removeNetwork(state));
    if (problems.length > 0) {
      throw new UserError(
        `Tailnet "${name}" is not wholly down: ${problems.join("; ")}. Then run again: ${onCluster("down", name)}`,
      );
    }
  }
  await rm(layout.folder, { recursive: true, force: true });
  return state !== undefined;
}
