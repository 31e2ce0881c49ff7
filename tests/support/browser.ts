import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Context } from "mocha";

import { installMissing, packageProblem } from "../../host/packages";
import { BROWSER_NEEDS } from "../../sandbox/cluster/systemNeeds";
import { skip } from "./reporter";

/** Has a suite's browser installed, or skips its tests where it may not be. */
export async function needsBrowser(context: Context): Promise<void> {
  context.timeout("15m");
  const problem = packageProblem(BROWSER_NEEDS, true);
  if (problem !== undefined) skip(context, problem);
  const log = join(tmpdir(), "k8s-test-apt.log");
  await installMissing(BROWSER_NEEDS, { say: console.log, log });
}
