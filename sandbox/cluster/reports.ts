import type { RunningCluster } from "./startCluster";
import type { ClusterTier } from "./state";
import type { ClusterStatus } from "./status";

/** What is real in a tier, and what is not, in one sentence. */
export const TIER_SENTENCES: Readonly<Record<ClusterTier, string>> = {
  node: "Real: the control plane, the node, containers, network, network policies, DNS and usage.",
  cluster:
    "Real: the control plane and the metrics API. Simulated: the nodes (by KWOK), so pods become Ready but run nothing, and their usage is made up. NetworkPolicy objects are accepted and not enforced.",
};

/** What is in front of a real node, real or not, in one sentence. */
function edgeSentence(edge: boolean): string {
  return edge
    ? "Real, too: Traefik, cert-manager, an ACME server (pebble) and the DNS of home.test."
    : "Simulated: Traefik, so that nobody serves an Ingress.";
}

const MONITORING_SENTENCE = "Real, as well: KEDA and Prometheus.";

/** What is real in a cluster, and what is not. */
function sentences(tier: ClusterTier, parts: { edge: boolean; monitoring: boolean }): string[] {
  return [
    TIER_SENTENCES[tier],
    ...(tier === "node" ? [edgeSentence(parts.edge)] : []),
    ...(parts.monitoring ? [MONITORING_SENTENCE] : []),
  ];
}

/** What a person should know of a cluster that has just come up. */
export function startReport(cluster: RunningCluster): string {
  const { name, tier, serverUrl, kubeconfigPath } = cluster;
  return [
    "",
    `Cluster "${name}" runs, tier ${tier}, API at ${serverUrl}.`,
    ...sentences(tier, {
      edge: cluster.edge !== undefined,
      monitoring: cluster.prometheusUrl !== undefined,
    }),
    `  export KUBECONFIG=${kubeconfigPath}`,
    `  ${cluster.tools.path("kubectl")} get nodes`,
    `End it: npm run sandbox -- down --name ${name}`,
  ].join("\n");
}

/** A cluster's state, line by line. */
export function statusReport(
  name: string,
  status: ClusterStatus | undefined,
  known: readonly string[],
): string {
  if (status === undefined) {
    const others =
      known.length === 0 ? ", nor any other. Start one: npm start" : `. Up: ${known.join(", ")}.`;
    return `There is no cluster "${name}"${others}`;
  }
  const { state, processes, apiReady } = status;
  const memory = processes.reduce((sum, process) => sum + (process.memory ?? 0), 0);
  const width = Math.max(...processes.map((process) => process.name.length), 0);
  return [
    `Cluster "${name}": tier ${state.tier}, ${state.phase}, since ${state.startedAt}`,
    ...sentences(state.tier, {
      edge: state.edge === true,
      monitoring: state.monitoring === true,
    }),
    `API at ${status.serverUrl}: ${apiReady ? "ready" : "not ready"}`,
    `KUBECONFIG=${status.kubeconfigPath}`,
    ...processes.map((process) => {
      const use = process.memory === undefined ? "" : `${String(process.memory)} MiB`;
      const how = process.alive ? use : "ENDED";
      return `  ${process.name.padEnd(width)}  ${how.padStart(8)}  pid ${String(process.pid)}  ${process.log}`;
    }),
    ...(memory === 0 ? [] : [`  together ${String(memory)} MiB`]),
  ].join("\n");
}
