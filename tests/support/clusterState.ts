import { clusterLayout, writeState, type ClusterState } from "../../sandbox/cluster/state";
import { nodeTopology } from "../../sandbox/cluster/topology";

/** Writes the state of a cluster of tier `node` that runs, without a process in it. */
export function writeClusterState(name: string, differences: Partial<ClusterState> = {}): void {
  writeState(clusterLayout(name), {
    version: 1,
    name,
    tier: "node",
    phase: "running",
    startedAt: "2026-01-01T00:00:00.000Z",
    topology: nodeTopology(),
    processes: [],
    ...differences,
  });
}
