import { UserError } from "../../host/userError";
import type { ClusterTier } from "../cluster/state";
import { isInCloud } from "./stacks";

export interface MonitoringNeeds {
  stack: string;
  tier?: ClusterTier | "auto";
  edge?: boolean | "auto";
}

/**
 * What KEDA and Prometheus need of a cluster: a real node, and an edge that counts requests.
 *
 * @throws UserError where something else was asked for.
 */
export function prepareMonitoring(needs: MonitoringNeeds): { tier: "node"; edge: true } {
  const problem = flagsProblem(needs);
  if (problem !== undefined) throw new UserError(`--monitoring ${problem}`);
  return { tier: "node", edge: true };
}

function flagsProblem({ stack, tier, edge }: MonitoringNeeds): string | undefined {
  if (isInCloud(stack)) {
    return `needs --stack home, and the stack is "${stack}": its requests are counted by CloudWatch, which is not there.`;
  }
  if (tier === "cluster") {
    return "needs --tier node, and --tier cluster is given: nodes that are simulated take no request.";
  }
  if (edge === false) {
    return "needs the edge, and --no-edge is given: a Traefik that is simulated counts no request.";
  }
  return undefined;
}
