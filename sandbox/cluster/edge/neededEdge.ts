import { UserError } from "../../../host/userError";
import { neededCluster } from "../neededCluster";
import { onCluster } from "../onCluster";
import { readEdge, type Edge } from "./edge";

/**
 * The edge of a cluster, for a command that is of no use without one.
 *
 * @throws UserError where there is no such cluster, it does not run, or it has no edge.
 */
export async function neededEdge(name: string): Promise<Edge> {
  const { tier } = await neededCluster(name);
  const edge = await readEdge(name);
  if (edge !== undefined) return edge;
  throw new UserError(
    `Nobody answers https on cluster "${name}" (tier ${tier}): Traefik is simulated. Start one where it runs: ${onCluster("down", name)}, then ${onCluster("up", name)} --tier node`,
  );
}
