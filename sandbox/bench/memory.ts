import { clusterStatus } from "../cluster/status";
import type { Row } from "./row";

/** Resident memory of each process of a cluster, in MiB, by its name. */
export async function memoryOf(cluster: string): Promise<Map<string, number>> {
  const { processes } = (await clusterStatus(cluster)) ?? { processes: [] };
  return new Map(processes.map(({ name, memory }) => [name, memory ?? Number.NaN]));
}

/** A row of the memory of some process, or of several together, in MiB. */
export function memoryRow(
  what: string,
  value: number,
  { when, runs = {} }: { when: string; runs?: Row["runs"] },
): Row {
  return { name: `memory: ${what}`, unit: "MiB", value, against: `resident, ${when}`, runs };
}
