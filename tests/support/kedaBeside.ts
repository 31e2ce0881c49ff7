import { Bringing } from "../../sandbox/cluster/bringUp";
import { bringUpKeda } from "../../sandbox/cluster/monitoring/bringUpKeda";
import { neededCluster } from "../../sandbox/cluster/neededCluster";
import { Starter } from "../../sandbox/cluster/starter";
import { clusterLayout } from "../../sandbox/cluster/state";
import { ensureTools } from "../../sandbox/toolchain/toolchain";
import { TOOLS } from "../../sandbox/toolchain/tools";

/** KEDA's two programs, and what their objects are applied with. */
const NEEDED = TOOLS.filter(({ name, group }) => group === "keda" || name === "kubectl");

/**
 * Starts KEDA beside a cluster that runs and whose nodes are simulated. It goes down with the cluster.
 *
 * @param environment - Variables of KEDA's operator, as its pod would have them.
 */
export async function kedaBeside(
  name: string,
  environment: Readonly<Record<string, string>>,
  say: (line: string) => void,
): Promise<void> {
  const layout = clusterLayout(name);
  const state = await neededCluster(name);
  const tools = await ensureTools(NEEDED, { say });
  const setting = { layout, topology: state.topology };
  const bringing = await Bringing.again(setting, tools, new Starter({ state, layout, say }));
  await bringUpKeda(bringing, { nodes: "simulated", environment });
}
