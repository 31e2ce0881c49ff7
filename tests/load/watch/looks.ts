import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Look } from "../../../load/watch/look";

/**
 * What a real cluster answered when four pods became three: before it, when one was told to end, and
 * when it was gone. Managed fields and the pods' specs are cut out.
 */
export function recordedLook(name: "four-pods" | "one-ends" | "one-gone"): Look {
  const file = join(__dirname, "../../fixtures/load", `${name}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Look;
}
