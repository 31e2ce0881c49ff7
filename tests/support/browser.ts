import type { Context } from "mocha";

import { missingPackages } from "../../host/packages";
import { BROWSER_NEEDS } from "../../sandbox/cluster/systemNeeds";
import { skip } from "./reporter";

/** Skips the tests of a suite where there is no browser. */
export function needsBrowser(context: Context): void {
  const missing = missingPackages(BROWSER_NEEDS);
  if (missing.length > 0) skip(context, `not installed: ${missing.join(" ")}`);
}
