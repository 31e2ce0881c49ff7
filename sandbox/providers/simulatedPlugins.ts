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
  await Promise.all(
    Object.entries(ENTRIES).map(async ([name, entry]) => {
      await installOffline(pulumiHome, { name, version: await sdkVersion(name), entry });
    }),
  );
}
