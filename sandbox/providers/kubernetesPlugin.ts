import { join } from "node:path";

import { installOffline } from "./installOffline";
import { installOfficial } from "./installOfficial";
import { sdkVersion } from "./sdkVersion";

const ENTRY = join(__dirname, "kubernetes", "main.ts");

export interface PluginOptions {
  /** Folder that holds the engine's plugins, apart from the user's own. */
  pulumiHome: string;
  /** Environment for the engine, with a PATH on which `pulumi` is. */
  env: Readonly<Record<string, string | undefined>>;
}

export interface ProvidedPlugin {
  version: string;
  used: "official" | "offline";
  /** Which one is used and why, for the user. */
  message: string;
}

/** Lays out the offline provider, whether or not the official one could be had. */
export async function installOfflineKubernetes(pulumiHome: string): Promise<ProvidedPlugin> {
  const version = await sdkVersion("kubernetes");
  await installOffline(pulumiHome, { name: "kubernetes", version, entry: ENTRY });
  return {
    version,
    used: "offline",
    message: `Kubernetes provider: the offline one (in place of ${version})`,
  };
}

/** The official provider where Pulumi can install it, else the offline one. */
export async function provideKubernetesPlugin(options: PluginOptions): Promise<ProvidedPlugin> {
  const version = await sdkVersion("kubernetes");
  const why = await installOfficial({ ...options, name: "kubernetes", version });
  if (why === undefined) {
    return {
      version,
      used: "official",
      message: `Kubernetes provider: the official one, ${version}`,
    };
  }
  const provided = await installOfflineKubernetes(options.pulumiHome);
  return { ...provided, message: `${provided.message}, as Pulumi cannot install it: ${why}` };
}
