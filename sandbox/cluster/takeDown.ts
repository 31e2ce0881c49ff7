import { rm } from "node:fs/promises";

import { messageOf } from "../../host/errors";
import { UserError } from "../../host/userError";
import type { Layout } from "./layout";
import { removeNamespace } from "./nodeNamespace";
import { stopProcess } from "./processes";
import { writeState, type ClusterState } from "./state";

/**
 * Ends what a state lists, in the reverse order of its start, and removes what it has made. What is
 * gone already is passed over; what fails does not keep the rest from being done.
 *
 * @throws UserError with everything that failed; the state then stays, for another try.
 */
export async function takeDown(layout: Layout, state: ClusterState): Promise<void> {
  const problems: string[] = [];
  const attempt = async (work: () => Promise<void> | void): Promise<void> => {
    try {
      await work();
    } catch (error) {
      problems.push(messageOf(error));
    }
  };
  state.phase = "stopping";
  await attempt(() => {
    writeState(layout, state);
  });
  const { node } = state;
  if (node !== undefined) {
    // All of the node's processes live in the pid namespace of the first, and end with it.
    const [holder] = state.processes;
    if (holder !== undefined) await attempt(() => stopProcess(holder, ["SIGKILL"]));
    await attempt(() => removeNamespace(node));
  }
  for (const process of [...state.processes].reverse()) await attempt(() => stopProcess(process));
  if (problems.length === 0) {
    await attempt(() => rm(layout.folder, { recursive: true, force: true, maxRetries: 5 }));
  }
  if (problems.length > 0) {
    throw new UserError(
      `Cluster "${state.name}" is not wholly down: ${problems.join("; ")}. Run \`npm run sandbox -- down --name ${state.name}\` again.`,
    );
  }
}
