import { join } from "node:path";

import { run } from "../../host/run";
import { edgePlaces } from "../../sandbox/cluster/edge/places";
import { ZONE } from "../../sandbox/cluster/edge/zone";
import { clusterLayout } from "../../sandbox/cluster/state";

/** Every record of the zone of a cluster's edge, as its name server has it, but for the serial number. */
export async function zoneOf(cluster: string): Promise<string[]> {
  const socket = join(edgePlaces(clusterLayout(cluster)).folder, "knot.sock");
  const lines = (await run("knotc", ["--socket", socket, "zone-read", ZONE])).split("\n");
  // It counts the updates.
  return lines.filter((line) => !line.includes(" SOA "));
}
