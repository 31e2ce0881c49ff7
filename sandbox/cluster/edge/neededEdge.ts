import { UserError } from "../../../host/userError";
import { onCluster } from "../onCluster";
import { clusterLayout, readState } from "../state";
import { readEdge, type Edge } from "./edge";

/**
 * The edge of a cluster, for a command that is of no use without one.
 *
 * @throws UserError where there is no such cluster, it does not run, or it has no edge.
 */
export async function neededEdge(name: string): Promise<Edge> {
  const command = (verb: string): string => onCluster(verb, name);
  const state = await readState(clusterLayout(name));
  if (state === undefined) {
    throw new UserError(`There is no cluster "${name}". Start one: ${command("up")}`);
  }
  if (state.phase !== "running") {
    throw new UserError(`Cluster "${name}" is ${state.phase}. See: ${command("status")}`);
  }
  const edge = await readEdge(name);
  if (edge !== undefined) return edge;
  throw new UserError(
    `Nobody answers https on cluster "${name}" (tier ${state.tier}): Traefik is simulated. Start one where it runs: ${command("down")}, then ${command("up")} --tier node`,
  );
}
