import { join } from "node:path";

import { installOffline } from "./installOffline";
import { sdkVersion } from "./sdkVersion";

/** Packages of a stack in the cloud, and what serves each of them here. */
const ENTRIES: Readonly<Record<string, string>> = {
  aws: join(__dirname, "cloud", "awsMain.ts"),
  eks: join(__dirname, "eks", "main.ts"),
  kubernetes: join(__dirname, "kubernetes", "main.ts"),
  tailscale: join(__dirname, "cloud", "tailscaleMain.ts"),
};

/**
 * Lays out the offline providers of a stack in the cloud, whether or not the official ones could be
 * had: with those it would be a real account's, and a real tailnet's.
 *
 * @param pulumiHome - Folder of plugins that no stack at home uses, where an official one may be.
 */
export async function installSimulatedPlugins(pulumiHome: string): Promise<void> {
  // The component eks.Cluster makes a Kubernetes provider, and must say of which version.
  const constants = { KUBERNETES_VERSION: await sdkVersion("kubernetes") };
  await Promise.all(
    Object.entries(ENTRIES).map(async ([name, entry]) => {
      const version = await sdkVersion(name);
      await installOffline(pulumiHome, { name, version, entry, constants });
    }),
  );
}
