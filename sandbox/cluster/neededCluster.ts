import { UserError } from "../../host/userError";
import { onCluster } from "./onCluster";
import { clusterLayout, readState, type ClusterState } from "./state";

/**
 * The state of a cluster, for a command that is of no use without one.
 *
 * @throws UserError where there is no such cluster, or it does not run.
 */
export async function neededCluster(name: string): Promise<ClusterState> {
  const state = await readState(clusterLayout(name));
  if (state === undefined) {
    throw new UserError(`There is no cluster "${name}". Start one: ${onCluster("up", name)}`);
  }
  if (state.phase !== "running") {
    throw new UserError(`Cluster "${name}" is ${state.phase}. See: ${onCluster("status", name)}`);
  }
  return state;
}
