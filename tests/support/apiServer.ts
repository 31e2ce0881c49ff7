import { killComponent, restartComponent } from "../../sandbox/cluster/faults";
import { clusterStatus } from "../../sandbox/cluster/status";

/** Those of its clients that would be up to half a minute in finding out that it is back. */
const PATIENT = ["kube-controller-manager", "kube-scheduler", "kwok"];

/** Takes the API server of a cluster away, as a crash would. */
export async function takeApiServerAway(cluster: string): Promise<void> {
  await killComponent(cluster, "kube-apiserver");
}

/** Brings the API server back, and has its clients know. */
export async function bringApiServerBack(cluster: string): Promise<void> {
  await restartComponent(cluster, "kube-apiserver");
  const { processes = [] } = (await clusterStatus(cluster)) ?? {};
  for (const { name } of processes) {
    if (PATIENT.includes(name)) await restartComponent(cluster, name);
  }
}
