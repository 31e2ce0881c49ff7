import { tmpdir } from "node:os";
import { join } from "node:path";

import { cacheFolder } from "../../host/cacheFolder";
import { installMissing } from "../../host/packages";
import { busyboxImage } from "../../sandbox/cluster/images";
import type { ClusterTier } from "../../sandbox/cluster/state";
import { NODE_NEEDS } from "../../sandbox/cluster/systemNeeds";
import { chooseTier, type TierChoice } from "../../sandbox/cluster/tier";
import { IMAGE } from "./pods";

/** The best tier that this machine has; a compiler for runc is not asked for, it may be built. */
export async function bestTier(): Promise<TierChoice> {
  return chooseTier("auto", { install: true, runcIsBuilt: false });
}

/** The archive of the image that the suite's pods run; none where nodes are simulated. */
export async function suiteImages(tier: ClusterTier): Promise<string[]> {
  if (tier === "cluster") return [];
  await installMissing(NODE_NEEDS, { say: console.log, log: join(tmpdir(), "k8s-test-apt.log") });
  return [await busyboxImage(cacheFolder(), IMAGE, ["/bin/busybox"])];
}
