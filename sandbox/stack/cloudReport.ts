import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { cloudSentence } from "./simulatedCloud";

/** What there is in a simulated cloud, line by line. */
export async function cloudReport(world: string, tailnet: "simulated" | "real"): Promise<string> {
  const resources = await resourcesIn(world);
  return [
    cloudSentence(tailnet),
    resources === 0
      ? "There is nothing in the simulated cloud."
      : `In the simulated cloud: ${String(resources)} resources, in ${world}.`,
  ].join("\n");
}

/** How many resources there are in the folder of a simulated cloud. */
export async function resourcesIn(world: string): Promise<number> {
  const files = await readdir(join(world, "resources")).catch(() => []);
  return files.filter((file) => file.endsWith(".json")).length;
}
