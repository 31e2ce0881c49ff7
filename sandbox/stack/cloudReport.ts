import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { CLOUD_SENTENCE } from "./simulatedCloud";

/** What there is in a simulated cloud, line by line. */
export async function cloudReport(world: string): Promise<string> {
  const files = await readdir(join(world, "resources")).catch(() => []);
  const resources = files.filter((file) => file.endsWith(".json"));
  return [
    CLOUD_SENTENCE,
    resources.length === 0
      ? "There is nothing in the simulated cloud."
      : `In the simulated cloud: ${String(resources.length)} resources, in ${world}.`,
  ].join("\n");
}
