import { UserError } from "../../host/userError";
import { onCluster } from "./onCluster";
import { clusterLayout, readState, type ClusterState } from "./state";

/**
 * The state of a cluster, for a command that is of no use without one.
 *
 * @param flags Those that `up` needs to start one that is of use.
 * @throws UserError where there is no such cluster, or it does not run.
 */
export async function neededCluster(name: string, flags: string[] = []): Promise<ClusterState> {
  const state = await readState(clusterLayout(name));
  if (state === undefined) {
    const start = [onCluster("up", name), ...flags].join(" ");
    throw new UserError(`There is no cluster "${name}". Start one: ${start}`);
  }
  if (state.phase !== "running") {
    throw new UserError(`Cluster "${name}" is ${state.phase}. See: ${onCluster("status", name)}`);
  }
  return state;
}
